import type { LaneRecord } from '@holdpoint/chassis'
import {
  type AuditCheckpoint,
  type AuditEntry,
  type HashedRecord,
  type Messages,
  type TopicName,
  Undecodable,
} from '@holdpoint/schemas'
import { coveredTopics } from './handlers.ts'

/** Something that nobody can read where the trail lies. */
export interface Unreadable {
  /** The place, in words. */
  where: string
  problem: string
  /** It may be there: others can write to a topic, and what audit itself wrote there the chain would miss. */
  isForeign: boolean
}

/** Something of the trail as it was found. */
export type Found<T> = { where: string; partition: number | undefined; value: T } | Unreadable

/** A record that the trail covers, by its coordinates and its very bytes. */
export interface CoveredRecord extends HashedRecord {
  topic: string
  partition: number
}

/**
 * What is verified. Each part is read once, and in the order given here, so that in a running system no part is older
 * than what a former one speaks of. Records come in the order of their offsets, per partition.
 */
export interface Trail {
  checkpoints: AsyncIterable<Found<AuditCheckpoint>>
  entries: AsyncIterable<Found<AuditEntry>>
  /** Without it, only the chains and their signatures are verified. */
  records?: AsyncIterable<CoveredRecord | Unreadable>
}

type ReadTopics = (topics: readonly TopicName[]) => AsyncIterable<LaneRecord>

/** The trail of a running system. `read` gives what the topics hold at the moment at which it is first asked. */
export function trailOfTopics(read: ReadTopics): Trail {
  return {
    checkpoints: found(read, 'audit.checkpoints.v1'),
    entries: found(read, 'audit.entries.v1'),
    records: later(() => read(coveredTopics)),
  }
}

type TrailTopic = 'audit.checkpoints.v1' | 'audit.entries.v1'

async function* found<T extends TrailTopic>(read: ReadTopics, topic: T): AsyncGenerator<Found<Messages[T]>> {
  for await (const record of read([topic])) {
    const { partition } = record
    const where = `${topic}, partition ${partition}, offset ${record.offset}`
    const value = readValue<T>(record)
    yield 'problem' in value
      ? { where, problem: value.problem, isForeign: true }
      : { where, partition, value: value.message }
  }
}

function readValue<T extends TrailTopic>(record: LaneRecord): { message: Messages[T] } | { problem: string } {
  try {
    const message = record.value as Messages[T] | null
    return message === null ? { problem: 'It has no value.' } : { message }
  } catch (error) {
    if (error instanceof Undecodable) return { problem: error.message }
    throw error
  }
}

async function* later<T>(begin: () => AsyncIterable<T>): AsyncGenerator<T> {
  yield* begin()
}
