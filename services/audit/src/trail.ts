import type { LaneRecord } from '@holdpoint/chassis'
import type { AuditCheckpoint, AuditEntry, Messages, TopicName } from '@holdpoint/schemas'
import { coveredTopics } from './handlers.ts'
import type { LeafRecord } from './merkle.ts'

/** Something of the trail as it was found; `value` is null when it cannot be read, and `problem` says why. */
export interface Found<T> {
  /** The partition, or the line of a copy, in words. */
  where: string
  /** The chain in which it was found; undefined when only its content can tell. */
  partition: number | undefined
  value: T | null
  problem?: string
}

/** A record that the trail covers, by its coordinates and its very bytes. */
export interface CoveredRecord extends LeafRecord {
  topic: string
  partition: number
}

/**
 * What is verified. Each part is read once, in the order given here, so that in a running system no part is older
 * than what a former one speaks of. Records come in the order of their offsets, per partition.
 */
export interface Trail {
  checkpoints: AsyncIterable<Found<AuditCheckpoint>>
  entries: AsyncIterable<Found<AuditEntry>>
  /** Without it, only the chains and their signatures are verified. */
  records?: AsyncIterable<CoveredRecord>
}

/** The trail of a running system. `read` gives what the topics hold at the moment at which it is first asked. */
export function trailOfTopics(read: (topics: readonly TopicName[]) => AsyncIterable<LaneRecord>): Trail {
  return {
    checkpoints: found(read, 'audit.checkpoints.v1'),
    entries: found(read, 'audit.entries.v1'),
    records: later(() => read(coveredTopics)),
  }
}

type TrailTopic = 'audit.checkpoints.v1' | 'audit.entries.v1'

async function* found<T extends TrailTopic>(
  read: (topics: readonly TopicName[]) => AsyncIterable<LaneRecord>,
  topic: T,
): AsyncGenerator<Found<Messages[T]>> {
  for await (const record of read([topic])) {
    const where = `${topic}, partition ${record.partition}, offset ${record.offset}`
    yield { where, partition: record.partition, ...readValue<T>(record) }
  }
}

function readValue<T extends TrailTopic>(
  record: LaneRecord,
): { value: Messages[T] | null; problem?: string } {
  try {
    const value = record.value as Messages[T] | null
    return value === null ? { value, problem: 'It has no value.' } : { value }
  } catch (error) {
    return { value: null, problem: error instanceof Error ? error.message : String(error) }
  }
}

async function* later<T>(begin: () => AsyncIterable<T>): AsyncGenerator<T> {
  yield* begin()
}
