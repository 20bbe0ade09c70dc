import { ChassisError } from '../../errors.ts'
import type { Brokers } from '../brokers.ts'
import type { ProducedMessage } from '../produce-request.ts'
import { type Identity, renew, type Territory } from './fence.ts'
import { closedKey } from './lane-batch.ts'
import type { LaneStep } from './lane-steps.ts'
import type { ProduceLine } from './produce-line.ts'

/** Records for the lane's partition of a topic: one record batch, which Kafka appends whole or not at all. */
export interface TopicBatch {
  topic: string
  records: readonly ProducedMessage[]
}

/** Kafka forgets who wrote to a partition a day after the last write there; half of that is a safe distance. */
export const fenceHoldsMs = 12 * 60 * 60 * 1000
const renewAfterMs = 60 * 60 * 1000
const sequences = 2 ** 31
/** No epoch of an id comes after this one. */
const lastEpoch = 32_767

/**
 * The one writer of a lane's partitions, and knows where its next record of each lies. Kafka keeps earlier owners of the
 * lane out, not other programs that may write there: what they write moves its own records on, which it notices. After
 * any rejection it is not known what was written: nothing more may be.
 */
export class LaneWriter {
  readonly partition: number
  readonly #line: ProduceLine
  readonly #territory: Territory
  readonly #identity: Identity
  /** By topic, where its log began when the lane was opened. */
  readonly begins: ReadonlyMap<string, number>
  /** By topic, the offset of its next record. */
  readonly #ends: Map<string, number>
  readonly #sequences = new Map<string, number>()
  readonly #signal: AbortSignal
  #fenced: Clocks
  #isMoved = false

  /** `fencedAt`: when the taking over that gave the identity began, on both clocks. */
  constructor(
    line: ProduceLine,
    territory: Territory,
    identity: Identity,
    opened: { begins: readonly number[]; ends: readonly number[]; fencedAt: Clocks; signal: AbortSignal },
  ) {
    this.#line = line
    this.#territory = territory
    this.#identity = identity
    this.partition = territory.places[0]?.partition ?? 0
    const byTopic = (offsets: readonly number[]) =>
      new Map(territory.places.map(({ topic }, i) => [topic, offsets[i] as number]))
    this.begins = byTopic(opened.begins)
    this.#ends = byTopic(opened.ends)
    this.#fenced = opened.fencedAt
    this.#signal = opened.signal
  }

  get brokers(): Brokers {
    return this.#territory.brokers
  }

  /** The lane has done something that counts. */
  at(step: LaneStep): void {
    this.#territory.at?.(step)
  }

  get identity(): Identity {
    return this.#identity
  }

  /** Where the next record of each topic will lie. */
  get ends(): ReadonlyMap<string, number> {
    return this.#ends
  }

  /** Something else has written since `ends` were last right. */
  get isMoved(): boolean {
    return this.#isMoved
  }

  /** `ends` are right again for what is written from now on. */
  settled(): void {
    this.#isMoved = false
  }

  /** Kafka is to be reminded of who writes here, at the next moment at which nothing is under way. */
  get isToRenew(): boolean {
    return this.#age() > renewAfterMs
  }

  async renew(): Promise<void> {
    const { places } = this.#territory
    const fencedAt = clocks()
    this.#requireFence()
    const ends = await renew(
      this.#territory,
      this.#identity,
      places.map(({ topic }) => this.#endOf(topic)),
      this.#signal,
    )
    for (const [i, { topic }] of places.entries()) this.#ends.set(topic, ends[i] as number)
    this.#fenced = fencedAt
  }

  /** Writes one record batch for each of the topics, in one request for each broker. */
  async write(batches: readonly TopicBatch[]): Promise<void> {
    const numbered = batches.map(({ topic, records }) => {
      return { topic, records, firstSequence: this.#sequence(topic, records.length) }
    })
    const offsets = await this.#send(this.#identity.producerId, this.#identity.epoch, numbered)
    for (const [i, { topic, records }] of numbered.entries())
      this.#written(topic, records.length, offsets[i] as number)
  }

  /**
   * Ends an earlier id, which the broker would not hold against ours: a write with its last epoch. Only in a topic of the
   * lane's own, as it is a record.
   */
  async shutOut(topic: string, producerId: string): Promise<void> {
    const records = [{ key: closedKey, value: null }]
    const [offset] = await this.#send(producerId, lastEpoch, [{ topic, records, firstSequence: 0 }])
    // Kafka knows it from an opening that ended before it had written down its own id, and says where it lies.
    if ((offset as number) >= this.#endOf(topic)) this.#written(topic, records.length, offset as number)
  }

  /** Gives the offset of each. */
  #send(
    producerId: string,
    producerEpoch: number,
    batches: readonly (TopicBatch & { firstSequence: number })[],
  ): Promise<number[]> {
    const { partition } = this
    const numbered = batches.map((batch) => ({ ...batch, partition, producerId, producerEpoch }))
    // Asked right before the attempt: a process may have been frozen for any time until then.
    const writing = this.#line.write(numbered, () => this.#requireFence())
    setImmediate(() => this.at('request sent'))
    return writing
  }

  #written(topic: string, records: number, offset: number): void {
    if (offset !== this.#endOf(topic)) this.#isMoved = true
    this.#ends.set(topic, offset + records)
  }

  #endOf(topic: string): number {
    const end = this.#ends.get(topic)
    if (end === undefined) throw new Error(`The lane writes to ${topic}, which its service does not declare.`)
    return end
  }

  /** Gives the first number of so many, by which the broker knows a repeated request and refuses a gap. */
  #sequence(topic: string, records: number): number {
    const first = this.#sequences.get(topic) ?? 0
    this.#sequences.set(topic, (first + records) % sequences)
    return first
  }

  /** A clock that may be set and one that may stand still while a machine sleeps: the older answer counts. */
  #age(): number {
    const now = clocks()
    return Math.max(now.wall - this.#fenced.wall, now.steady - this.#fenced.steady)
  }

  #requireFence(): void {
    if (this.#age() < fenceHoldsMs) return
    throw new ChassisError(
      'FENCE_OLD',
      `Lane ${this.partition} was not written for so long that another process may have it.`,
      {
        canRetry: true,
      },
    )
  }
}

export interface Clocks {
  wall: number
  steady: number
}

/** Milliseconds, on the clock of the day and on one that nobody sets. */
export const clocks = (): Clocks => ({ wall: Date.now(), steady: performance.now() })
