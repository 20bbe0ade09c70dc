import { orderFields } from '@holdpoint/schemas'
import { eventKinds, stageStates } from '../condition/scope.ts'

/** What a value that rules read can be. */
export interface Domain {
  /** Every text that it can be; null for any. */
  texts: readonly string[] | null
  /** The least number; null for none. */
  from: bigint | null
  /** Numbers are multiples of it: ten-thousandths, 10,000 for what is counted. */
  step: bigint
  isInstant: boolean
}

const whole = 10_000n
const counted = /^(lines\.count|changes\.count|size\(.*\))$/
const instants = new Set(
  orderFields().flatMap(({ path, type }) => (type === 'instant' ? [`order.${path}`] : [])),
)

/** `what` as the rule writes it. Nothing is known of values that are worked out, such as a product. */
export function domainOf(what: string, stages: readonly string[]): Domain {
  const isCount = counted.test(what)
  return {
    texts: textsOf(what, stages),
    from: isCount ? 0n : null,
    step: isCount ? whole : 1n,
    isInstant: instants.has(what),
  }
}

function textsOf(what: string, stages: readonly string[]): readonly string[] | null {
  if (what === 'event.kind') return eventKinds
  const isStage = stages.some((stage) => what === `stages.${stage}` || what === `stages["${stage}"]`)
  return isStage ? stageStates : null
}
