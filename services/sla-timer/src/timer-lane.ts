import type { Timer, TimerFired } from '@holdpoint/schemas'
import type { ScheduleRecord } from './steps.ts'
import { stepsOf } from './steps.ts'
import { type Hold, LostLane, type TimerStore } from './store.ts'
import { Alarm, backOffMs, sleepMs } from './wake-up.ts'

/** What a lane tells about its work; times in milliseconds. */
export interface Observer {
  pending(partition: number, count: number): void
  fired(lateness: readonly number[]): void
  unreadable(partition: number, offset: number, why: string): void
  trouble(partition: number, error: unknown): void
}

export interface TimerLaneOptions {
  hold: Hold
  /** Next offset of the topic. */
  position: number
  store: TimerStore
  /** Resolves once the broker has acknowledged all of them. */
  publish(partition: number, fires: readonly TimerFired[]): Promise<void>
  /** The lane cannot go on with what the store holds; called once. */
  onLost(error: LostLane): void
  observer: Observer
  clock(): number
}

/** One lane of timers, held by this process until `stop`. */
export interface TimerLane {
  /** Resolves when the store has taken the records in. Rejects with LostLane, or when Redis is away. */
  apply(records: readonly ScheduleRecord[]): Promise<void>
  /** Everything that was in the topic is in the store: timers fire from now on. */
  caughtUp(): void
  /** Resolves when nothing more is written. May be called twice. */
  stop(): Promise<void>
}

/** So many fires are published and removed at once. */
const claimSize = 500

/**
 * Starts to fire what is due. A timer is due when this process' clock says so: the instant at which it was judged is
 * its `firedAt`, so that a fire is never before its due time even when the clock is put back meanwhile.
 */
export function startTimerLane(options: TimerLaneOptions): TimerLane {
  const { hold, store, observer, clock, publish } = options
  const alarm = new Alarm()
  const oneAtATime = mutex()
  const caughtUp = Promise.withResolvers<void>()
  let position = options.position
  let stopped = false
  let lost = false

  async function apply(records: readonly ScheduleRecord[]): Promise<void> {
    const { steps, unreadable } = stepsOf(records, position)
    for (const { offset, why } of unreadable) observer.unreadable(hold.partition, offset, why)
    for (const step of steps) {
      await oneAtATime(async () => {
        if (stopped) throw new LostLane('FENCED', hold.partition)
        await store.apply(hold, step, clock())
        position = step.to
      })
      if (step.schedule.some((timer) => timer.dueAt < alarm.until)) alarm.ring()
    }
  }

  async function fireWhatIsDue(): Promise<void> {
    await caughtUp.promise
    let fired: readonly Timer[] = []
    let failures = 0
    while (!stopped) {
      try {
        fired = await turn(fired)
        failures = 0
      } catch (error) {
        if (error instanceof LostLane) return giveUp(error)
        observer.trouble(hold.partition, error)
        failures += 1
        if (!stopped) await alarm.sleep(backOffMs(failures))
      }
    }
    if (fired.length > 0) await claim(fired, 0).catch(() => undefined)
  }

  /** Removes what was fired, fires what is due now or sleeps until something is. Gives what it fired. */
  async function turn(fired: readonly Timer[]): Promise<readonly Timer[]> {
    const { now, due } = await claim(fired, claimSize)
    observer.pending(hold.partition, due.pending)
    if (due.timers.length === 0) {
      if (!stopped) await alarm.sleep(sleepMs(clock(), due.next))
      return []
    }
    await publish(
      hold.partition,
      due.timers.map((timer) => ({ ...timer, firedAt: now })),
    )
    const acknowledged = clock()
    observer.fired(due.timers.map((timer) => acknowledged - timer.dueAt))
    return due.timers
  }

  function claim(fired: readonly Timer[], limit: number) {
    return oneAtATime(async () => {
      const now = clock()
      return { now, due: await store.claim(hold, { offset: position, now, limit, fired }) }
    })
  }

  function giveUp(error: LostLane): void {
    if (lost || stopped) return
    lost = true
    options.onLost(error)
  }

  const firing = fireWhatIsDue()
  return {
    apply: (records) =>
      apply(records).catch((error) => {
        if (error instanceof LostLane) giveUp(error)
        throw error
      }),
    caughtUp: () => caughtUp.resolve(),
    async stop() {
      stopped = true
      caughtUp.resolve()
      alarm.ring()
      await firing
    },
  }
}

/** Runs works one after another, in the order of the calls. */
function mutex(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}
