import type { Calendar } from './calendar.ts'
import { dueAt } from './deadline.ts'
import { openingsBetween } from './open-time.ts'
import { type Pause, type Span, spansOf } from './pauses.ts'
import type { Within } from './within.ts'

/** A stretch `[from, to)` of a deadline, in milliseconds since 1970 UTC. */
export interface ReceiptLine {
  from: number
  to: number
  /** The clock ran, stood still because the case waited, or stood still because the calendar was closed. */
  kind: 'ran' | 'paused' | 'closed'
}

/**
 * What the clock of a deadline did until an instant, at most until the due instant. The lines follow each other without
 * gaps from the start on, neighbours differ in kind, and a pause goes before a closed calendar. At the due instant
 * `ran` sums to the time of the deadline: elapsed or open time exactly, for working days the open time that they have
 * without pauses. An elapsed time is never closed. Raises CalendarFailure.
 */
export function receiptOf(
  calendar: Calendar,
  fromMs: number,
  within: Within,
  pauses: readonly Pause[],
  untilMs: number,
): ReceiptLine[] {
  const due = dueAt(calendar, fromMs, within, pauses) ?? untilMs
  const end = Math.min(untilMs, due)
  const lines: ReceiptLine[] = []
  let at = fromMs
  for (const { from, to } of [...spansOf(pauses, fromMs), endAt(end)]) {
    const stop = Math.min(from, end)
    if (at < stop) for (const line of unpaused(calendar, at, stop, within)) append(lines, line)
    append(lines, { from: stop, to: Math.min(to, end), kind: 'paused' })
    at = Math.min(to, end)
  }
  return lines
}

const endAt = (end: number): Span => ({ from: end, to: end })

function unpaused(calendar: Calendar, from: number, to: number, { kind }: Within): ReceiptLine[] {
  if (kind === 'elapsed') return [{ from, to, kind: 'ran' }]
  const lines: ReceiptLine[] = []
  let at = from
  for (const { open, close } of openingsBetween(calendar, from, to)) {
    lines.push({ from: at, to: open, kind: 'closed' }, { from: open, to: close, kind: 'ran' })
    at = close
  }
  return [...lines, { from: at, to, kind: 'closed' }]
}

/** Leaves out lines without length, and goes on with a line of the same kind. */
function append(lines: ReceiptLine[], line: ReceiptLine): void {
  const last = lines.at(-1)
  if (line.from >= line.to) return
  if (last?.kind === line.kind) last.to = line.to
  else lines.push(line)
}
