/** Which stages a no to a case stops, by what is said. Empty: the order stays as it was. */
export interface Stops {
  reject: string[]
  stop: string[]
  /** Stop, said of the whole order. */
  wholeOrder: string[]
}

/** What a case says of that. */
export interface StoppingCase {
  /** Stages that its type names; empty for all of them. */
  mayStop: readonly string[]
  /** It is about a request that waits for its answer. */
  isRequestOpen: boolean
  /** Somebody raised it with values that wait for a yes. */
  isProposal: boolean
}

/**
 * Every stage, unless the type says which: goods that nobody bills must not leave. A no to a request, or to what
 * somebody proposed when they raised the case, leaves the order as it was. `stages`: every stage of the policy.
 */
export function stopsOf(
  { mayStop, isRequestOpen, isProposal }: StoppingCase,
  stages: readonly string[],
): Stops {
  const stop = mayStop.length > 0 ? [...mayStop] : [...stages]
  return { reject: isRequestOpen || isProposal ? [] : stop, stop, wholeOrder: [...stages] }
}
