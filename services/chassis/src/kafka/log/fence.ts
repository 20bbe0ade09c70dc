import { setTimeout as pause } from 'node:timers/promises'
import { ChassisError } from '../../errors.ts'
import { type Brokers, byTopic, type Place } from '../brokers.ts'
import type { AtStep } from './lane-steps.ts'

/** Under which a producer writes. Kafka refuses a lower epoch of the same id wherever a higher one has written. */
export interface Identity {
  /** A long, as text. */
  producerId: string
  epoch: number
}

export interface Territory {
  brokers: Brokers
  /** Name under which Kafka keeps the identity of whoever has the lane. */
  transactionalId: string
  /** Every partition that the lane may write. */
  places: readonly Place[]
  /** Told of each step; nobody is when not given. */
  at?: AtStep
}

/** How long Kafka lets an empty transaction be open that its owner has left behind, milliseconds. */
const transactionTimeoutMs = 60_000
/** Kafka ends an id's epochs at 32,766 and gives out another id; that has to happen while nobody writes. */
const lastEpochToWriteWith = 32_000
/** What a coordinator answers while it writes earlier markers, or still loads what it knows; as the client calls it. */
const busy = new Set(['CONCURRENT_TRANSACTIONS', 'GROUP_LOAD_IN_PROGRESS'])
const askAgainMs = 5
const longestMs = 30_000

/**
 * Makes this process the only writer of the lane's partitions and gives the identity to write with.
 *
 * InitProducerId alone shuts nobody out of a partition: the broker compares epochs only with those that it has seen
 * there. So a transaction without records is ended in all of them; its markers, which no consumer sees, carry the new
 * epoch, and whatever an earlier owner still sends is refused from then on. The second InitProducerId is answered only
 * when all markers are written; an epoch that is not the next one says that somebody else was between.
 */
export async function takeOver(territory: Territory, signal: AbortSignal): Promise<Identity> {
  const first = await newIdentity(territory, signal)
  territory.at?.('id taken')
  await mark(territory, first, signal)
  const second = await newIdentity(territory, signal)
  territory.at?.('second id taken')
  if (second.producerId !== first.producerId || second.epoch !== first.epoch + 1) {
    if (second.producerId !== first.producerId) return takeOver(territory, signal)
    throw takenOver(territory)
  }
  if (second.epoch <= lastEpochToWriteWith) return second
  await untilAnotherId(territory, second, signal)
  return takeOver(territory, signal)
}

/**
 * Marks all partitions once more with the same identity, so that Kafka does not forget it there. Nothing may be under
 * way. Gives where each partition goes on, as the markers take an offset each. Rejects when somebody else has the lane.
 */
export async function renew(
  territory: Territory,
  identity: Identity,
  ends: readonly number[],
  signal: AbortSignal,
): Promise<number[]> {
  await mark(territory, identity, signal)
  // The end of a transaction is answered before its markers are written.
  const deadline = Date.now() + longestMs
  for (;;) {
    const now = await territory.brokers.offsets(territory.places, 'latest')
    if (now.every((end, i) => end > (ends[i] as number))) return now
    if (Date.now() > deadline)
      throw new ChassisError('FENCE_UNSEEN', 'The markers of a fence were not seen in time.', {
        canRetry: true,
      })
    await pause(askAgainMs, undefined, { signal })
  }
}

function newIdentity({ brokers, transactionalId }: Territory, signal: AbortSignal): Promise<Identity> {
  return whenFree(signal, async () => {
    const coordinator = await brokers.coordinator(transactionalId)
    const asked = { transactionalId, transactionTimeout: transactionTimeoutMs }
    const { producerId, producerEpoch } = await coordinator.initProducerId(asked)
    return { producerId, epoch: producerEpoch }
  })
}

async function mark(
  { brokers, transactionalId, places, at }: Territory,
  { producerId, epoch }: Identity,
  signal: AbortSignal,
): Promise<void> {
  const step = { transactionalId, producerId, producerEpoch: epoch }
  const topics = byTopic(places, ({ partition }) => partition)
  const coordinator = await brokers.coordinator(transactionalId)
  await whenFree(signal, () =>
    coordinator.addPartitionsToTxn({
      ...step,
      topics: topics.map(({ topic, partitions }) => ({ topic, partitions })),
    }),
  )
  at?.('partitions added')
  await whenFree(signal, () => coordinator.endTxn({ ...step, transactionResult: true }))
  at?.('partitions marked')
}

async function untilAnotherId(
  territory: Territory,
  { producerId }: Identity,
  signal: AbortSignal,
): Promise<void> {
  while ((await newIdentity(territory, signal)).producerId === producerId) signal.throwIfAborted()
}

async function whenFree<Answer>(signal: AbortSignal, ask: () => Promise<Answer>): Promise<Answer> {
  const deadline = Date.now() + longestMs
  for (;;) {
    signal.throwIfAborted()
    try {
      return await ask()
    } catch (error) {
      if (!busy.has((error as { type?: string }).type ?? '') || Date.now() > deadline) throw error
    }
    await pause(askAgainMs, undefined, { signal })
  }
}

function takenOver({ transactionalId }: Territory): ChassisError {
  return new ChassisError('LANE_TAKEN', `Another process opened ${transactionalId} at the same moment.`, {
    canRetry: true,
  })
}
