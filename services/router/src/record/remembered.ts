import type { CaseState } from '@holdpoint/schemas'
import { isInForce } from './state.ts'

/** How many cases without a say an order remembers; older ones are in cases.events.v1 only. */
const remembered = 50

/** How many messages to staff that did not arrive an order remembers. */
const rememberedFailures = 100

/** The last of what is remembered of messages that did not arrive. */
export const withFailures = (known: readonly string[], more: readonly string[]): string[] =>
  [...known, ...more].slice(-rememberedFailures)

/**
 * The cases without the one that is missed least, once there are more than an order remembers. A case that waits,
 * holds, stops or is under way is never forgotten. Made of cases alone, so that a replay forgets the same ones.
 */
export function withoutForgotten(cases: CaseState[]): CaseState[] {
  const spent = cases.filter((one) => isSpent(one, cases))
  if (spent.length <= remembered) return cases
  const missedLeast = spent.find((one) => isSuperseded(one, cases)) ?? spent[0]
  return cases.filter((one) => one !== missedLeast)
}

/** An approval of a request counts until the other cases about that request have ended too. */
function isSpent(one: CaseState, cases: readonly CaseState[]): boolean {
  if (isInForce(one)) return false
  return one.requestId === '' || !cases.some((other) => other.requestId === one.requestId && isInForce(other))
}

/** The last case of a type says which values were approved; a request that was settled does not come back. */
function isSuperseded(one: CaseState, cases: readonly CaseState[]): boolean {
  const latest = cases.findLast(({ type, requestId }) => type === one.type && requestId === '')
  return one.requestId !== '' || latest !== one
}
