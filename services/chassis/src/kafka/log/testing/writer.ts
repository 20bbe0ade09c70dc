import pino from 'pino'
import type { FetchedMessage } from '../../batches/records.ts'
import { Brokers, type Place } from '../../brokers.ts'
import type { ProducedMessage } from '../../produce-request.ts'
import type { Identity } from '../fence.ts'
import { ProduceLine } from '../produce-line.ts'

/** Connections of its own, as a process has them. */
export function lineForTest(addresses: readonly string[], topics: readonly string[]): ProduceLine {
  const access = { brokers: addresses, clientId: 'fence-test', log: pino({ level: 'warn' }) }
  return new ProduceLine(new Brokers(access, topics))
}

/** Writes by an identity as lanes do, but never asks whether the lane is still his. */
export class WriterForTest {
  readonly identity: Identity
  readonly #line: ProduceLine
  readonly #sequences = new Map<string, number>()

  constructor(line: ProduceLine, identity: Identity) {
    this.#line = line
    this.identity = identity
  }

  /** One record batch. Gives its first offset; goes on in sequence, unless told to write at another. */
  async write(
    { topic, partition }: Place,
    {
      records = [{ key: 'x', value: 'x' }],
      sequence,
    }: { records?: ProducedMessage[]; sequence?: number } = {},
  ): Promise<number> {
    const next = this.#sequences.get(`${topic}-${partition}`) ?? 0
    const { producerId, epoch: producerEpoch } = this.identity
    const firstSequence = sequence ?? next
    const batch = { topic, partition, producerId, producerEpoch, firstSequence, records }
    const [offset] = await this.#line.write([batch], () => undefined)
    if (sequence === undefined) this.#sequences.set(`${topic}-${partition}`, next + records.length)
    return offset as number
  }
}

/** By which of its errors Kafka refused something; 'taken' when it did not. */
export async function answerTo(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
    return 'taken'
  } catch (error) {
    const { type, code } = error as { type?: string; code?: string }
    return type ?? code ?? String(error)
  }
}

const isolationLevels = { uncommitted: 0, committed: 1 }
const atOnce = 1024 * 1024

/** A partition as a broker hands it out to such a reader: records of control as well, and what it calls aborted. */
export async function readAs(
  isolation: keyof typeof isolationLevels,
  brokers: Brokers,
  place: Place,
): Promise<{ messages: FetchedMessage[]; aborted: unknown[] }> {
  const { topic, partition } = place
  const [node] = [...(await brokers.byLeader([place])).keys()]
  const broker = await brokers.broker(node as string)
  const [end = 0] = await brokers.offsets([place], 'latest')
  const messages: FetchedMessage[] = []
  const aborted: unknown[] = []
  // An answer ends with a segment of the log.
  for (let from: number | undefined = 0; from !== undefined && from < end; ) {
    const { responses } = await broker.fetch({
      maxWaitTime: 100,
      minBytes: 1,
      maxBytes: atOnce,
      isolationLevel: isolationLevels[isolation],
      topics: [{ topic, partitions: [{ partition, fetchOffset: String(from), maxBytes: atOnce }] }],
      rackId: '',
    })
    const part: (typeof responses)[0]['partitions'][0] | undefined = responses[0]?.partitions[0]
    messages.push(...(part?.messages ?? []))
    aborted.push(...(part?.abortedTransactions ?? []))
    from = part?.messages.next
  }
  return { messages, aborted }
}
