import { randomUUID } from 'node:crypto'
import type { LaneReader, PartitionLog, Publisher } from '@holdpoint/chassis'
import type { TimerFired } from '@holdpoint/schemas'
import { placeToStart, type RebuildReason } from './place.ts'
import type { LostLane, TimerStore } from './store.ts'
import { type Observer, startTimerLane, type TimerLane } from './timer-lane.ts'

export const scheduleTopic = 'timers.schedule.v1'

export interface LanesObserver extends Observer {
  opened(partition: number, from: number, rebuild: RebuildReason | undefined): void
  closed(partition: number): void
}

export interface TimerLanesOptions {
  store: TimerStore
  publisher: Pick<Publisher, 'send'>
  /** Has the lane opened again; see LaneReading. */
  reopen(partition: number): void
  observer: LanesObserver
  clock?: () => number
  /** How long a fenced lane waits to be closed before it takes the lane back. */
  fencedPauseMs?: number
}

/**
 * A process that was frozen learns within a session timeout that its lanes are gone. Only after that may it believe
 * that the lane is its own in spite of another writer.
 */
const defaultFencedPauseMs = 5_000

/** Reads the schedule into the store and fires from the store, lane by lane. */
export function timerLanes(options: TimerLanesOptions): LaneReader<typeof scheduleTopic> {
  const { store, publisher, reopen, observer, clock = Date.now } = options
  const lanes = new Map<number, TimerLane>()
  const takingBack = new Map<number, NodeJS.Timeout>()
  /** Lanes of which the store holds what it cannot hold: whatever else it says of them is not believed. */
  const spoiled = new Set<number>()

  function publish(partition: number, fires: readonly TimerFired[]): Promise<void> {
    const records = fires.map((fire) => ({ key: fire.orderId, value: fire, partition }))
    return publisher.send('timers.fired.v1', records)
  }

  async function open(partition: number, logs: { [scheduleTopic]: PartitionLog }) {
    await end(partition)
    const hold = { partition, writer: randomUUID() }
    const log = logs[scheduleTopic]
    const now = clock()
    const found = await store.take(hold)
    const { from, rebuild } = spoiled.has(partition)
      ? ({ from: log.begin, rebuild: 'spoiled' } as const)
      : placeToStart(found, log, now)
    if (rebuild) await store.reset(hold, { clusterId: log.clusterId, offset: from, now })
    spoiled.delete(partition)
    const onLost = (error: LostLane) => lost(partition, error)
    lanes.set(partition, startTimerLane({ hold, position: from, store, publish, onLost, observer, clock }))
    observer.opened(partition, from, rebuild)
    return { [scheduleTopic]: from }
  }

  function lost(partition: number, error: LostLane): void {
    observer.trouble(partition, error)
    if (error.code === 'SPOILED') spoiled.add(partition)
    const pauseMs = error.code === 'FENCED' ? (options.fencedPauseMs ?? defaultFencedPauseMs) : 0
    takingBack.set(
      partition,
      setTimeout(() => reopen(partition), pauseMs),
    )
  }

  async function end(partition: number): Promise<void> {
    clearTimeout(takingBack.get(partition))
    takingBack.delete(partition)
    const lane = lanes.get(partition)
    lanes.delete(partition)
    await lane?.stop()
  }

  return {
    service: 'sla-timer',
    inputs: [scheduleTopic],
    open,
    async onBatch(partition, _topic, records) {
      await lanes.get(partition)?.apply(records)
    },
    onCaughtUp(partition) {
      lanes.get(partition)?.caughtUp()
    },
    async close(partition) {
      await end(partition)
      spoiled.delete(partition)
      observer.closed(partition)
    },
  }
}
