import { calendarOf, cannotClassify, type Policy } from '@holdpoint/policy'
import { openingsBetween } from '@holdpoint/policy/calendar'
import type { CaseOpened } from '@holdpoint/schemas'
import type { Span } from './records.ts'

/**
 * When the calendar of the owner of a case was closed, between two instants. Of a type whose time is elapsed time, never:
 * whoever has to decide within half an hour has to at night as well.
 */
export function closedHours(
  policy: Policy,
  { type, owner }: Pick<CaseOpened, 'type' | 'owner'>,
  { from, to }: Span,
): Span[] {
  const known = policy.types.get(type) ?? policy.types.get(cannotClassify)
  if (!known || known.answerWithin.kind === 'elapsed' || from >= to) return []
  const spans: Span[] = []
  let at = from
  for (const { open, close } of openingsBetween(calendarOf(policy, owner), from, to)) {
    if (at < open) spans.push({ from: at, to: open })
    at = Math.max(at, close)
  }
  return at < to ? [...spans, { from: at, to }] : spans
}
