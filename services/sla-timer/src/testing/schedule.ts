import type { Timer, TimerFired } from '@holdpoint/schemas'
import { scheduleTopic, type TimerLanesOptions, timerLanes } from '../handlers.ts'
import type { RebuildReason } from '../place.ts'
import type { ScheduleRecord } from '../steps.ts'
import type { TimerStore } from '../store.ts'

/** One lane of timers.schedule.v1 and what reads it, without Kafka. */
export interface TestSchedule {
  clusterId: string
  put(...timers: Timer[]): void
  cancel(timerId: string): void
  /** A process that is given the lane and keeps it until `stop`. */
  process(store: TimerStore, options?: ProcessOptions): TestProcess
}

export type ProcessOptions = Partial<Pick<TimerLanesOptions, 'clock' | 'fencedPauseMs'>> & {
  /** Instead of keeping the fires. */
  publish?: (fires: readonly TimerFired[]) => Promise<void>
}

export interface TestProcess {
  fires: TimerFired[]
  opened: { from: number; rebuild: RebuildReason | undefined }[]
  troubles: unknown[]
  lateness: number[]
  pending(): number
  stop(): Promise<void>
}

export const partition = 0

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export function timer(timerId: string, dueAt: number, version = 1): Timer {
  return { timerId, orderId: `O-${timerId}`, caseId: `C-${timerId}`, kind: 'DEADLINE', version, dueAt }
}

export function record(offset: number, key: string, value: Timer | null): ScheduleRecord {
  const keyBytes = Buffer.from(key)
  return { topic: scheduleTopic, partition, offset, timestamp: 0, key, value, keyBytes, valueBytes: null }
}

export function testSchedule(): TestSchedule {
  const records: ScheduleRecord[] = []
  const add = (key: string, value: Timer | null) => records.push(record(records.length, key, value))
  const schedule: TestSchedule = {
    clusterId: 'kafka-1',
    put(...timers) {
      for (const one of timers) add(one.timerId, one)
    },
    cancel: (timerId) => void add(timerId, null),
    process: (store, options) => testProcess(schedule, records, store, options),
  }
  return schedule
}

function testProcess(
  schedule: TestSchedule,
  records: readonly ScheduleRecord[],
  store: TimerStore,
  { publish, ...options }: ProcessOptions = {},
): TestProcess {
  const seen: Omit<TestProcess, 'pending' | 'stop'> = { fires: [], opened: [], troubles: [], lateness: [] }
  let pending = Number.NaN
  let stopped = false
  let reopen = false
  const lanes = timerLanes({
    store,
    publisher: memoryFires(publish ?? (async (fires) => void seen.fires.push(...fires))),
    reopen: () => {
      reopen = true
    },
    observer: {
      opened: (_partition, from, rebuild) => seen.opened.push({ from, rebuild }),
      closed: () => undefined,
      pending: (_partition, count) => {
        pending = count
      },
      fired: (lateness) => seen.lateness.push(...lateness),
      unreadable: () => undefined,
      trouble: (_partition, error) => seen.troubles.push(error),
    },
    ...options,
  })

  /** Does what the chassis does: opens, reads on, opens again when asked or when something was rejected. */
  async function read(): Promise<void> {
    while (!stopped) {
      try {
        await readFromOpening()
      } catch {
        await pause(20)
      }
    }
    await lanes.close(partition)
  }

  async function readFromOpening(): Promise<void> {
    reopen = false
    const end = records.length
    const log = { clusterId: schedule.clusterId, begin: 0, end }
    let position = (await lanes.open(partition, { [scheduleTopic]: log }))[scheduleTopic]
    let caughtUp = false
    while (!stopped && !reopen) {
      const batch = records.slice(position)
      if (batch.length > 0) await lanes.onBatch(partition, scheduleTopic, batch)
      position += batch.length
      if (!caughtUp) lanes.onCaughtUp?.(partition)
      caughtUp = true
      if (batch.length === 0) await pause(2)
    }
  }

  const reading = read()
  return {
    ...seen,
    pending: () => pending,
    async stop() {
      stopped = true
      await reading
    },
  }
}

function memoryFires(
  publish: (fires: readonly TimerFired[]) => Promise<void>,
): TimerLanesOptions['publisher'] {
  return {
    async send(topic, records) {
      const misplaced = records.filter((record) => record.partition !== partition)
      if (topic !== 'timers.fired.v1' || misplaced.length > 0)
        throw new Error('A fire went to the wrong place.')
      await publish(records.map((record) => record.value as TimerFired))
    },
  }
}
