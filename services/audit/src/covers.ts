import type { AuditEntry } from '@holdpoint/schemas'
import { Hashes, Numbers } from './columns.ts'

export type Cover = Pick<
  AuditEntry,
  'partition' | 'sequence' | 'topic' | 'recordPartition' | 'firstOffset' | 'lastOffset' | 'count' | 'at'
>

/** What the entries cover of one partition of a topic, by offset; 80 bytes each. */
export class Covers {
  readonly topic: string
  readonly recordPartition: number
  readonly #first = new Numbers()
  readonly #last = new Numbers()
  readonly #count = new Numbers()
  readonly #partition = new Numbers()
  readonly #sequence = new Numbers()
  readonly #at = new Numbers()
  readonly #hash = new Hashes()
  /** The place of each cover by offset, when they did not come in that order. */
  #order: Float64Array | undefined
  #isInOrder = true

  constructor(topic: string, recordPartition: number) {
    this.topic = topic
    this.recordPartition = recordPartition
  }

  get length(): number {
    return this.#first.length
  }

  add(entry: AuditEntry): void {
    const { length } = this
    if (length > 0 && entry.firstOffset < this.#first.at(length - 1)) this.#isInOrder = false
    this.#first.add(entry.firstOffset)
    this.#last.add(entry.lastOffset)
    this.#count.add(entry.count)
    this.#partition.add(entry.partition)
    this.#sequence.add(entry.sequence)
    this.#at.add(entry.at)
    this.#hash.add(entry.hash)
  }

  /** Call it when all have been added. */
  sort(): void {
    if (this.#isInOrder) return
    this.#order = Float64Array.from({ length: this.length }, (_, i) => i)
    this.#order.sort((a, b) => this.#first.at(a) - this.#first.at(b))
  }

  firstOffset = (index: number): number => this.#first.at(this.#place(index))
  lastOffset = (index: number): number => this.#last.at(this.#place(index))
  count = (index: number): number => this.#count.at(this.#place(index))
  isHash = (index: number, hash: Uint8Array): boolean => this.#hash.is(this.#place(index), hash)

  cover(index: number): Cover {
    const at = this.#place(index)
    return {
      partition: this.#partition.at(at),
      sequence: this.#sequence.at(at),
      topic: this.topic,
      recordPartition: this.recordPartition,
      firstOffset: this.#first.at(at),
      lastOffset: this.#last.at(at),
      count: this.#count.at(at),
      at: this.#at.at(at),
    }
  }

  #place(index: number): number {
    return this.#order ? (this.#order[index] as number) : index
  }
}
