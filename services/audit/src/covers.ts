import type { AuditEntry } from '@holdpoint/schemas'
import { type Blocks, hashBytes, Rows, writeHash } from './rows.ts'

export type Cover = Pick<
  AuditEntry,
  'partition' | 'sequence' | 'topic' | 'recordPartition' | 'firstOffset' | 'lastOffset' | 'count' | 'at'
>

/** Where each number of a row stands, in bytes; the hash comes behind them. */
const place = { first: 0, last: 8, count: 16, partition: 24, sequence: 32, at: 40, hash: 48 } as const
const rowBytes = place.hash + hashBytes

/** What the entries cover of one partition of a topic, by offset; 80 bytes each. */
export class Covers {
  readonly topic: string
  readonly recordPartition: number
  readonly #rows: Rows
  readonly #row = Buffer.alloc(rowBytes)
  /** The place of each cover by offset, when they did not come in that order. */
  #order: Float64Array | undefined
  #isInOrder = true
  #lastAdded = Number.NEGATIVE_INFINITY
  /** The first offset of all. */
  start = Number.POSITIVE_INFINITY

  constructor(topic: string, recordPartition: number, blocks: Blocks) {
    this.topic = topic
    this.recordPartition = recordPartition
    this.#rows = new Rows(rowBytes, blocks)
  }

  get length(): number {
    return this.#rows.length
  }

  add({ firstOffset, lastOffset, count, partition, sequence, at, hash }: AuditEntry): void {
    if (firstOffset < this.#lastAdded) this.#isInOrder = false
    this.#lastAdded = firstOffset
    this.start = Math.min(this.start, firstOffset)
    const row = this.#row
    row.writeDoubleLE(firstOffset, place.first)
    row.writeDoubleLE(lastOffset, place.last)
    row.writeDoubleLE(count, place.count)
    row.writeDoubleLE(partition, place.partition)
    row.writeDoubleLE(sequence, place.sequence)
    row.writeDoubleLE(at, place.at)
    writeHash(row, hash, place.hash)
    this.#rows.add(row)
  }

  /** Call it when all have been added. */
  sort(): void {
    if (this.#isInOrder) return
    const first = Float64Array.from({ length: this.length }, (_, i) =>
      this.#rows.at(i).readDoubleLE(place.first),
    )
    this.#order = Float64Array.from({ length: this.length }, (_, i) => i)
    this.#order.sort((a, b) => (first[a] as number) - (first[b] as number))
  }

  firstOffset = (index: number): number => this.#at(index).readDoubleLE(place.first)
  lastOffset = (index: number): number => this.#at(index).readDoubleLE(place.last)
  count = (index: number): number => this.#at(index).readDoubleLE(place.count)
  isHash = (index: number, hash: Uint8Array): boolean =>
    this.#at(index).compare(hash, 0, hashBytes, place.hash, rowBytes) === 0

  cover(index: number): Cover {
    const row = this.#at(index)
    return {
      partition: row.readDoubleLE(place.partition),
      sequence: row.readDoubleLE(place.sequence),
      topic: this.topic,
      recordPartition: this.recordPartition,
      firstOffset: row.readDoubleLE(place.first),
      lastOffset: row.readDoubleLE(place.last),
      count: row.readDoubleLE(place.count),
      at: row.readDoubleLE(place.at),
    }
  }

  #at(index: number): Buffer {
    return this.#rows.at(this.#order ? (this.#order[index] as number) : index)
  }
}
