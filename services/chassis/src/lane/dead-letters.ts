import type { DeadLetter, ServiceName } from '@holdpoint/schemas'
import type { DeadLetterCode, LaneRecord, Problem } from '../port.ts'
import { shownInDeadLetter } from './replays.ts'

/** What is wrong is told in full as far as that is of use; the record itself is always kept whole. */
const maxProblems = 100
const maxMessageLength = 1_000
/** Half a character cannot be written. */
const cut = (message: string): string => message.slice(0, maxMessageLength).toWellFormed()

/** A record that could not be processed, with its original bytes, its coordinates and what is wrong with it. */
export function deadLetterOf(
  record: LaneRecord,
  service: ServiceName,
  code: DeadLetterCode,
  problems: readonly Problem[],
  at: number,
): DeadLetter {
  return {
    code,
    problems: problems.slice(0, maxProblems).map(({ path, message }) => ({ path, message: cut(message) })),
    service,
    ...shownInDeadLetter(record),
    at,
  }
}
