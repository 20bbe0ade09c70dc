import { createRequire } from 'node:module'
import { type Broker, type Brokers, byTopic, nameOf, type Place } from '../brokers.ts'
import type { ProducedMessage } from '../produce-request.ts'

/** One record batch, numbered as its producer numbers what it writes to the partition. */
export interface NumberedBatch extends Place {
  producerId: string
  producerEpoch: number
  firstSequence: number
  records: readonly ProducedMessage[]
}

interface Pending {
  batch: NumberedBatch
  /** Throws when it may not be written any more. */
  check(): void
  resolve(offset: number): void
  reject(error: unknown): void
}

const errorOf: (code: number) => Error = createRequire(import.meta.url)(
  'kafkajs/src/protocol/error',
).createErrorFromCode
const timeoutMs = 15_000

/**
 * Writes for all lanes of a process: one request at a time to each broker, and whatever lanes want to write meanwhile goes
 * out together in the next. A request costs as much as the records of many orders, and each batch in it is answered by
 * itself: what is refused to one lane does not touch the others.
 */
export class ProduceLine {
  readonly brokers: Brokers
  readonly #pending = new Map<string, Pending[]>()
  readonly #busy = new Set<string>()

  constructor(brokers: Brokers) {
    this.brokers = brokers
  }

  /** Gives the offset of each batch; rejects when that of one is not known. `check` is asked right before the attempt. */
  async write(batches: readonly NumberedBatch[], check: () => void): Promise<number[]> {
    const groups = await this.brokers.byLeader(batches)
    const offsets = new Map<NumberedBatch, Promise<number>>()
    for (const [node, mine] of groups) {
      for (const batch of mine) offsets.set(batch, this.#add(node, batch, check))
      this.#send(node)
    }
    return Promise.all(batches.map((batch) => offsets.get(batch) as Promise<number>))
  }

  #add(node: string, batch: NumberedBatch, check: () => void): Promise<number> {
    return new Promise((resolve, reject) => {
      const pending = this.#pending.get(node) ?? []
      this.#pending.set(node, pending)
      pending.push({ batch, check, resolve, reject })
    })
  }

  async #send(node: string): Promise<void> {
    if (this.#busy.has(node)) return
    this.#busy.add(node)
    for (;;) {
      const broker = await this.brokers.broker(node).catch((error: unknown) => error as Error)
      const waiting = this.#pending.get(node) ?? []
      this.#pending.delete(node)
      if (waiting.length === 0) break
      if (broker instanceof Error) for (const { reject } of waiting) reject(broker)
      else await request(broker, waiting)
    }
    this.#busy.delete(node)
  }
}

async function request(broker: Broker, waiting: readonly Pending[]): Promise<void> {
  const allowed = waiting.filter(({ check, reject }) => {
    try {
      check()
      return true
    } catch (error) {
      reject(error)
      return false
    }
  })
  if (allowed.length === 0) return
  try {
    const { topics } = await broker.produce({
      acks: -1,
      timeout: timeoutMs,
      transactionalId: null,
      topicData: byTopic(
        allowed.map(({ batch }) => batch),
        ({ records: messages, ...batch }) => ({ ...batch, messages }),
      ),
    })
    const answers = new Map(
      topics.flatMap(({ topicName: topic, partitions }) =>
        partitions.map((part) => [nameOf({ topic, partition: part.partition }), part] as const),
      ),
    )
    for (const { batch, resolve, reject } of allowed) {
      const answer = answers.get(nameOf(batch))
      if (answer?.errorCode === 0) resolve(Number(answer.baseOffset))
      else
        reject(answer ? errorOf(answer.errorCode) : new Error(`The broker said nothing of ${nameOf(batch)}.`))
    }
  } catch (error) {
    for (const { reject } of allowed) reject(error)
  }
}
