import { treeOf } from './condition/condition.ts'
import { type Formula, formulaOf } from './logic/formula.ts'
import type { Policy } from './policy.ts'
import { nearest } from './reading/did-you-mean.ts'

/**
 * The kind of request that somebody may have meant by one that no rule names: the same in other letters or with other
 * signs between its words, or but for a few letters. Undefined for a kind that the policy knows, or that is near none.
 */
export function kindMeant(policy: Policy, kind: string): string | undefined {
  const known = kindsOf(policy)
  if (known.has(kind)) return undefined
  const plainKinds = new Map([...known].map((one) => [plain(one), one]))
  const near = nearest(plain(kind), plainKinds.keys())
  return near === undefined ? undefined : plainKinds.get(near)
}

/** The kinds that rules compare with, and those that the policy answers itself. */
function kindsOf({ types, requests }: Policy): ReadonlySet<string> {
  const rules = [...types.values()].filter(({ basis, when }) => basis === 'REQUEST' && when !== '')
  return new Set([...rules.flatMap(({ when }) => namedIn(formulaOf(treeOf(when)))), ...requests.keys()])
}

function namedIn(formula: Formula): readonly string[] {
  switch (formula.is) {
    case 'all':
    case 'any':
      return formula.of.flatMap(namedIn)
    case 'not':
      return namedIn(formula.of)
    case 'text':
      return formula.what === 'request.kind' ? formula.values.filter((kind) => kind !== '') : []
    case 'number':
    case 'truth':
      return []
    default:
      return formula satisfies never
  }
}

/** Letters and digits only, small ones. */
const plain = (kind: string): string =>
  kind
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
