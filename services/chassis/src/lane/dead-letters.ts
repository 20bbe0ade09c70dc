import type { DeadLetter, ServiceName } from '@holdpoint/schemas'
import type { DeadLetterCode, LaneRecord, Problem } from '../port.ts'
import { shownInDeadLetter } from './replays.ts'

/** What is wrong is told in full as far as that is of use; the record itself is kept whole up to what Kafka takes by default. */
const maxProblems = 100
const maxMessageLength = 1_000
/** Half a character cannot be written. */
const cut = (message: string): string => message.slice(0, maxMessageLength).toWellFormed()
/** A record that came compressed may be larger than any that is published. */
const maxValueBytes = 1_048_588
const maxKeyBytes = 250_000

/** A record that could not be processed, with its original bytes, its coordinates and what is wrong with it. */
export function deadLetterOf(
  record: LaneRecord,
  service: ServiceName,
  code: DeadLetterCode,
  problems: readonly Problem[],
  at: number,
): DeadLetter {
  const shown = shownInDeadLetter(record)
  const told = problems.slice(0, maxProblems).map(({ path, message }) => ({ path, message: cut(message) }))
  return {
    code,
    problems: [...told, ...cutProblems(record)],
    service,
    ...shown,
    key: beginningOf(shown.key, maxKeyBytes),
    value: beginningOf(shown.value, maxValueBytes),
    at,
  }
}

/** The key under which a dead letter is published: the original one where it can be carried. */
export function deadLetterKey(key: Buffer | null): Buffer | null {
  return key && (key.length > maxKeyBytes || key.equals(abortMarkerKey)) ? null : key
}

/** kafkajs takes a record with this key for the end of an aborted transaction. */
const abortMarkerKey = Buffer.alloc(4)

function cutProblems({ keyBytes, valueBytes }: LaneRecord): Problem[] {
  return [...cutProblem('key', keyBytes, maxKeyBytes), ...cutProblem('value', valueBytes, maxValueBytes)]
}

function cutProblem(what: string, bytes: Buffer | null, most: number): Problem[] {
  if (!bytes || bytes.length <= most) return []
  return [
    { path: '', message: `The ${what} has ${bytes.length} bytes, of which the first ${most} are kept here.` },
  ]
}

const beginningOf = (bytes: Buffer | null, most: number): Buffer | null =>
  bytes === null ? null : bytes.subarray(0, most)
