import type { DeadLetter, ServiceName } from '@holdpoint/schemas'
import type { DeadLetterCode, LaneRecord, Problem } from '../port.ts'

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
    problems: problems.map(({ path, message }) => ({ path, message })),
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
