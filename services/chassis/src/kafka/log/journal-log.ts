import type { TopicName } from '@holdpoint/schemas'
import { requestsOf } from './chunks.ts'
import { batchKeyOf, encodeBatch, type LaneBatch, type Output, type Positions } from './lane-batch.ts'
import type { LaneCommit, LaneLog } from './lane-log.ts'
import type { LaneWriter, TopicBatch } from './lane-writer.ts'

/** Where a journal goes on. */
export interface JournalPlace {
  /** The number of the last batch, all of which is published. */
  number: number
  positions: Positions
}

/**
 * Commits by one record batch to one partition, the journal: the changes of the state, and a record that says how far
 * the inputs are handled and what is to be published, as bytes. Kafka appends it whole or not at all, and everything
 * after it can be done again by whoever has the lane next. The outputs go out once it is acknowledged, together with
 * the journal of the next batch when that is ready by then: at most one batch is owed, and two may be after a crash.
 */
export class JournalLog implements LaneLog {
  readonly #topic: TopicName
  readonly #writer: LaneWriter
  readonly #starts: Map<string, number>
  #number: number
  #settled: number
  #positions: Positions
  /** What the journal says last. */
  #told: { settled: number; positions: Positions }
  #owed: readonly Output[] = []

  constructor(topic: TopicName, writer: LaneWriter, { number, positions }: JournalPlace) {
    this.#topic = topic
    this.#writer = writer
    this.#number = number
    this.#settled = number
    this.#positions = positions
    this.#told = { settled: -1, positions }
    this.#starts = new Map(writer.ends)
    this.#starts.delete(topic)
  }

  get owes(): boolean {
    return this.#owed.length > 0
  }

  async step(commit?: LaneCommit): Promise<void> {
    if (commit && this.#writer.isMoved) await this.#startAnew()
    const owed = this.#owed
    const publishing = this.#number
    const journal = commit && this.#journal(commit)
    if (commit && !journal) this.#positions = commit.positions
    const [first = [], ...others] = requestsOf(owed)
    const together = journal ? [journal.batch, ...first] : first
    if (together.length > 0) await this.#writer.write(together)
    if (journal) this.#writer.at('batch written')
    for (const request of others) await this.#writer.write(request)
    if (owed.length > 0) this.#writer.at('outputs written')
    this.#settled = publishing
    this.#owed = journal?.owed ?? []
    if (journal && journal.owed.length === 0) this.#settled = this.#number
  }

  async settle(): Promise<void> {
    if (this.owes) await this.step()
    const isToRenew = this.#writer.isToRenew
    if (isToRenew) await this.#writer.renew()
    const isKnown = this.#told.settled === this.#settled && this.#told.positions === this.#positions
    if (isToRenew || this.#writer.isMoved || !isKnown) await this.#startAnew()
  }

  /** A batch that changes and publishes nothing is not written: how far it got goes with the next. */
  #journal(commit: LaneCommit): { batch: TopicBatch; owed: readonly Output[] } | undefined {
    const { publish, changes, positions } = commit
    if (publish.length === 0 && changes.size === 0) return undefined
    const owed = publish.map(({ topic, key, value }) => ({ topic, key: bytesOf(key), value }))
    this.#number++
    this.#positions = positions
    const records = Array.from(changes, ([key, value]) => ({ key: Buffer.from(key), value }))
    const batch = { topic: this.#topic, records: [...records, this.#record(owed)] }
    for (const { topic } of owed) this.#starts.set(topic, (this.#starts.get(topic) as number) + 1)
    return { batch, owed }
  }

  #record(outputs: readonly Output[]): { key: string; value: Buffer } {
    const batch: LaneBatch = {
      number: this.#number,
      settled: this.#settled,
      positions: this.#positions,
      starts: this.#starts,
      outputs,
    }
    this.#told = { settled: this.#settled, positions: this.#positions }
    return { key: batchKeyOf(this.#number), value: encodeBatch(batch) }
  }

  /**
   * Says again how far everything is, now that nothing is owed: where outputs are counted from is known exactly then, also
   * when markers or the records of other programs have moved it on.
   */
  async #startAnew(): Promise<void> {
    if (this.owes) await this.step()
    for (const [topic, end] of this.#writer.ends) if (topic !== this.#topic) this.#starts.set(topic, end)
    this.#writer.settled()
    await this.#writer.write([{ topic: this.#topic, records: [this.#record([])] }])
    this.#writer.at('settled')
  }
}

function bytesOf(key: Buffer | string | null): Buffer | null {
  return typeof key === 'string' ? Buffer.from(key) : key
}
