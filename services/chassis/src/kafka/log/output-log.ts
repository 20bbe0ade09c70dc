import type { ProducedMessage } from '../produce-request.ts'
import type { JournalPlace } from './journal-log.ts'
import { batchHeader, encodeBatch, type LaneBatch, type Positions } from './lane-batch.ts'
import type { LaneCommit, LaneLog } from './lane-log.ts'
import type { LaneWriter } from './lane-writer.ts'
import { type Part, partsOf } from './parts.ts'

/**
 * Commits without a journal, for a lane without state: each record batch of an output says in a header of its last
 * record how far the inputs are handled. What goes to several topics, or is too much for one record batch, is committed
 * in as many steps, each behind whole records of the input.
 */
export class OutputLog implements LaneLog {
  readonly owes = false
  readonly #writer: LaneWriter
  #number: number
  #positions: Positions

  constructor(writer: LaneWriter, { number, positions }: JournalPlace) {
    this.#writer = writer
    this.#number = number
    this.#positions = positions
  }

  async step(commit?: LaneCommit): Promise<void> {
    if (!commit) return
    for (const part of partsOf(commit, this.#positions)) {
      await this.#writer.write([{ topic: part.topic, records: this.#signed(part) }])
      this.#positions = part.positions
      this.#writer.at('batch written')
    }
    this.#positions = commit.positions
  }

  async settle(): Promise<void> {
    if (this.#writer.isToRenew) await this.#writer.renew()
  }

  #signed({ records, positions }: Part): ProducedMessage[] {
    this.#number++
    const none: Omit<LaneBatch, 'positions'> = {
      number: this.#number,
      settled: this.#number,
      starts: new Map(),
      outputs: [],
    }
    const header = { name: batchHeader, value: encodeBatch({ ...none, positions }) }
    return records.map(({ key, value }, i) =>
      i === records.length - 1 ? { key, value, headers: [header] } : { key, value },
    )
  }
}
