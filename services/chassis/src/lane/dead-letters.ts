import type { DeadLetter, ServiceName } from '@holdpoint/schemas'
import type { DeadLetterCode, LaneRecord, Problem } from '../port.ts'

/** What is wrong is told in full as far as that is of use; the record itself is always kept whole. */
const maxProblems = 100
const maxMessageLength = 1_000
const cut = (message: string): string => message.slice(0, maxMessageLength)

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
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: record.timestamp,
    key: record.keyBytes,
    value: record.valueBytes,
    at,
  }
}
