import type { FetchedMessage } from './batches/records.ts'
import { type Brokers, nameOf, type Place } from './brokers.ts'

/** At least one record batch comes, however large it is. */
const bytesAtOnce = 8 * 1024 * 1024
const waitMs = 500

/** The records of a partition from an offset up to another, which is there already; neither of control nor aborted. */
export async function* readPartition(
  brokers: Brokers,
  place: Place,
  { from, to }: { from: number; to: number },
  signal: AbortSignal,
): AsyncGenerator<FetchedMessage, void, undefined> {
  for (let next = from; next < to; ) {
    signal.throwIfAborted()
    const [node] = [...(await brokers.byLeader([place])).keys()]
    if (node === undefined) throw new Error(`${nameOf(place)} has no leader.`)
    const [part] = await brokers.fetch(node, [{ ...place, from: next, maxBytes: bytesAtOnce }], waitMs)
    for (const message of part?.messages ?? []) if (Number(message.offset) < to) yield message
    next = part?.next ?? next
  }
}
