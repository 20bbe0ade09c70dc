import type { CaseRow } from './case-row.ts'

/** Which stages a no would stop, by what is said. Empty: it stops none. */
export interface Stops {
  reject: string[]
  stop: string[]
  /** Stop, said of the whole order. */
  wholeOrder: string[]
}

/** What the desk knows of the order that a case is about, for what a no to it stops. */
export interface StopsAround {
  /** Every stage of the policy. */
  stages: readonly string[]
  /** What the case is about was asked for, and waits for its answer. */
  isRequestOpen: boolean
}

/**
 * What the router stops by a no to this case. A no to a request, or to what somebody proposed when they raised the
 * case, leaves the order as it was. The only place where the desk says so: screens show what is in here.
 */
export function stopsOf(row: CaseRow, { stages, isRequestOpen }: StopsAround): Stops {
  const isProposal = row.raised_by !== '' && row.proposal !== null
  const every = stages.length > 0 ? [...stages] : row.holds
  return {
    reject: isRequestOpen || isProposal ? [] : row.holds,
    stop: row.holds.length > 0 ? row.holds : every,
    wholeOrder: every,
  }
}
