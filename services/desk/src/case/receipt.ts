import { calendarOf, cannotClassify, type Policy } from '@holdpoint/policy'
import { dueAt, type ReceiptLine, receiptOf, withinInWords } from '@holdpoint/policy/calendar'
import type { CaseClock, CaseEvent, Instant } from '@holdpoint/schemas'

/** One run of the clock of a case: from its opening, or from when it was opened again. */
export interface Run {
  /** The clock as it was last; its policy version is the one whose times count. */
  clock: CaseClock
  /** When the case was closed; null while the run goes on. */
  closedAt: Instant | null
}

/** What the owner's time was, and what became of it. Instants and sums in milliseconds. */
export interface Receipt extends Run {
  owner: string
  /** As the policy writes it, such as `2 working hours`. */
  within: string
  /** By when the owner had to decide; null while the clock stands still. */
  due: Instant | null
  /** Without gaps from the start until the run ended, or now, or the due instant, whichever came first. */
  lines: ReceiptLine[]
  ranMs: number
  pausedMs: number
  /** The calendar was closed. */
  closedMs: number
}

/** The runs of a case in order. Events in order; those from before an opening that is not known are left out. */
export function runsOf(events: readonly CaseEvent[]): Run[] {
  const runs: Run[] = []
  for (const { type, clock, at } of events) {
    const last = runs.at(-1)
    if (clock && (type === 'OPENED' || type === 'REOPENED')) runs.push({ clock, closedAt: null })
    else if (clock && last) last.clock = clock
    else if (type === 'CLOSED' && last) last.closedAt ??= at
  }
  return runs
}

/** The receipt of a run, by the policy of its clock: the time of the owner, whoever may decide besides. */
export function receiptFor(type: string, run: Run, policy: Policy, now: Instant): Receipt {
  const { startedAt, pauses } = run.clock
  const known = policy.types.get(type) ?? policy.types.get(cannotClassify)
  if (!known) throw new Error(`The policy has neither the type "${type}" nor "${cannotClassify}".`)
  const { owner, answerWithin } = known
  const calendar = calendarOf(policy, owner)
  const spans = pauses.map(({ from, to }) => (to === null ? { from } : { from, to }))
  const lines = receiptOf(calendar, startedAt, answerWithin, spans, run.closedAt ?? now)
  return {
    ...run,
    owner,
    within: withinInWords(answerWithin),
    due: dueAt(calendar, startedAt, answerWithin, spans) ?? null,
    lines,
    ranMs: sumOf(lines, 'ran'),
    pausedMs: sumOf(lines, 'paused'),
    closedMs: sumOf(lines, 'closed'),
  }
}

function sumOf(lines: readonly ReceiptLine[], kind: ReceiptLine['kind']): number {
  return lines.filter((line) => line.kind === kind).reduce((sum, { from, to }) => sum + to - from, 0)
}
