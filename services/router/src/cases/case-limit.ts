import { cannotClassify, stopped } from '@holdpoint/policy'
import type { Finding, RouterState } from '@holdpoint/schemas'
import { sha256 } from '@holdpoint/schemas'
import { isInForce } from '../record/state.ts'

/** How many cases of one order may wait, hold or stop at once: its record has to fit into a message. */
const mostInForce = 50
/** How many types a sentence names. */
const mostNamed = 10

/** The findings for which there is room to open a case, and one for the order owner that stands for the others. */
export interface Fitting {
  fit: readonly Finding[]
  crowd?: Finding
}

/** Whether the order has room for one more case. */
export function hasRoom({ cases }: RouterState): boolean {
  return inForce(cases) < mostInForce
}

/** `wanted`: the findings that need a case. `ending`: how many cases end by the same revision. */
export function withinLimit({ cases }: RouterState, ending: number, wanted: readonly Finding[]): Fitting {
  const room = mostInForce - inForce(cases) + ending
  if (wanted.length <= room) return { fit: wanted }
  const unjudged = wanted.find(({ type }) => type === cannotClassify)
  const others = wanted.filter((one) => one !== unjudged)
  const fit = others.slice(0, Math.max(room, 0))
  const crowd = crowded(others.slice(fit.length))
  if (!unjudged) return { fit, crowd }
  return { fit: [...fit, { ...unjudged, problem: `${unjudged.problem} ${crowd.problem}` }] }
}

/** What tells of a stop adds nothing to decide. */
function inForce(cases: RouterState['cases']): number {
  return cases.filter((one) => isInForce(one) && one.type !== stopped).length
}

function crowded(findings: readonly Finding[]): Finding {
  const types = [...new Set(findings.map(({ type }) => type))]
  const more = types.length > mostNamed ? ' and others' : ''
  return {
    type: cannotClassify,
    basis: 'MOMENTARY',
    requestId: '',
    evidence: types.slice(0, mostNamed).map((type) => ({ expression: type, value: 'matches' })),
    evidenceDigest: sha256(
      JSON.stringify(
        findings.map(({ type, requestId, evidenceDigest }) => [type, requestId, evidenceDigest]),
      ),
    ),
    problem:
      `${findings.length} more cases would open (${types.slice(0, mostNamed).join(', ')}${more}), but ` +
      `${mostInForce} of this order wait, hold or stop already: decide those, or stop the order.`,
  }
}
