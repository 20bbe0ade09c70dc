import type { LaneRecord, Problem } from '@holdpoint/chassis'
import { type Messages, recordHash, type TopicName, Undecodable } from '@holdpoint/schemas'
import type { Sql } from '../database/port.ts'
import type { Place } from '../story/records.ts'

/** A record that was read: its value is decoded, or null where the topic says that a key is gone. */
export type Seen<T extends TopicName> = {
  topic: T
  partition: number
  offset: number
  key: string
  value: Messages[T] | null
  /** Hash (hex) of the record, as the trail covers it. */
  sha256: string
}

/** A record that cannot be true, and why. */
export interface Refused<T extends TopicName> {
  offset: Seen<T>['offset']
  problem: Problem
}

/** Records of one topic: those that hold, and the others. */
export interface Checked<T extends TopicName> {
  sound: Seen<T>[]
  refused: Refused<T>[]
}

/**
 * Writes the rows of one topic, and gives the records that it left out. Gets records of one partition in order, each
 * once; runs within the transaction that also moves the position. Must not depend on what other topics have brought so
 * far.
 */
export type Projection<T extends TopicName> = (
  sql: Sql,
  records: readonly Seen<T>[],
) => Promise<readonly Refused<T>[]>

export function refusedBecause<T extends TopicName>(
  { offset }: Seen<T>,
  path: string,
  message: string,
): Refused<T> {
  return { offset, problem: { path, message } }
}

/** The values that are there, in order. */
export function valuesOf<T extends TopicName>(records: readonly Seen<T>[]): Messages[T][] {
  return records.flatMap((record) => (record.value === null ? [] : [record.value]))
}

export const placeOf = ({ topic, partition, offset, sha256 }: Seen<TopicName>): Place => ({
  topic,
  partition,
  offset,
  sha256,
})

/** A row for each value that is there, with where its record lies. */
export function rowsOf<T extends TopicName, Row extends object>(
  records: readonly Seen<T>[],
  rowOf: (value: Messages[T]) => Row,
): (Row & { place: Place })[] {
  return records.flatMap((record) =>
    record.value === null ? [] : [{ ...rowOf(record.value), place: placeOf(record as Seen<TopicName>) }],
  )
}

/** The last item of each key, in order of first appearance. */
export function lastOfEach<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()]
}

/** Decodes a record, or says why its bytes cannot be read. */
export function read<T extends TopicName>(record: LaneRecord<T>): Seen<T> | { problem: Error } {
  try {
    const { topic, partition, offset, key, value } = record
    const sha256 = recordHash(record).toString('hex')
    return { topic, partition, offset, key, value, sha256 } as Seen<T>
  } catch (error) {
    if (error instanceof Undecodable) return { problem: error }
    throw error
  }
}
