import type { StageVerdict } from '@holdpoint/schemas'

interface OneCase {
  case_id: string
  status: 'OPEN' | 'WAITING' | 'CLOSED'
  holds: string[]
}

interface OneEvent {
  caseId: string
  type: string
  closed: { corrections: readonly unknown[] } | null
}

/**
 * The verdicts of the last decision, each held stage with the cases that hold it by now: while one of several goes on holding
 * it, the end of another makes no new decision. Where none holds it by itself, those on whose end its clearance waits.
 * `events`: of the order, in order.
 */
export function behindNow(
  verdicts: readonly StageVerdict[],
  cases: readonly OneCase[],
  events: readonly OneEvent[],
): StageVerdict[] {
  const open = cases.filter(({ status, holds }) => status !== 'CLOSED' && holds.length > 0)
  const onTheirWay = cases.filter((one) => one.status === 'CLOSED' && isOnItsWay(one, events))
  return verdicts.map((one) => {
    if (one.verdict !== 'HOLD') return one
    const holding = [...open, ...onTheirWay].filter(({ holds }) => holds.includes(one.stage))
    const behind = holding.length > 0 ? holding : open
    return { ...one, caseIds: behind.map(({ case_id }) => case_id) }
  })
}

/** A closed case holds until a revision carries what it put right. */
function isOnItsWay({ case_id }: OneCase, events: readonly OneEvent[]): boolean {
  const last = events.findLast(
    ({ caseId, type }) =>
      caseId === case_id && (type === 'CLOSED' || type === 'SETTLED' || type === 'NOT_CURED'),
  )
  return (last?.closed?.corrections.length ?? 0) > 0
}
