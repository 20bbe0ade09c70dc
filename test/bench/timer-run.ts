import type { Timer } from '@holdpoint/schemas'
import { Arrivals, type Spread, spreadOf } from './measure.ts'
import { watch } from './watch.ts'
import type { Workbench } from './workbench.ts'

export interface TimerResult {
  pending: number
  fired: number
  /** Milliseconds from due to the moment written in the fire. */
  lateness: Spread
  early: number
}

const dueCount = 3_000
const spreadMs = 20_000

/** Schedules many timers for tomorrow and some for the next seconds, and takes how late those fire. */
export async function timerLateness(bench: Workbench, pending: number): Promise<TimerResult> {
  const services = await bench.startServices(['sla-timer'])
  const tomorrow = Date.now() + 86_400_000
  await schedule(
    bench,
    Array.from({ length: pending }, (_, i) => timer(`pending-${i}`, tomorrow + i)),
  )
  const arrivals = new Arrivals()
  const lateness: number[] = []
  const watching = await watch(bench, 'timers.fired.v1', ({ value }) => {
    if (!value?.timerId.startsWith('due-')) return
    arrivals.take(value.timerId)
    lateness.push(value.firedAt - value.dueAt)
  })
  const from = Date.now() + 5_000
  const due = Array.from({ length: dueCount }, (_, i) =>
    timer(`due-${i}`, from + Math.floor((i * spreadMs) / dueCount)),
  )
  await schedule(bench, due)
  await arrivals.reach(dueCount)
  await watching.stop()
  await services.stop()
  const result = {
    pending,
    fired: lateness.length,
    lateness: spreadOf(lateness),
    early: lateness.filter((ms) => ms < 0).length,
  }
  bench.say(
    `timers with ${pending} pending: late by p50 ${result.lateness.p50} ms, p99 ${result.lateness.p99} ms`,
  )
  return result
}

function timer(timerId: string, dueAt: number): Timer {
  return { timerId, orderId: timerId, caseId: timerId, kind: 'DEADLINE', version: 1, dueAt }
}

async function schedule(bench: Workbench, timers: readonly Timer[]): Promise<void> {
  for (let i = 0; i < timers.length; i += 1_000)
    await bench.publisher.send(
      'timers.schedule.v1',
      timers.slice(i, i + 1_000).map((value) => ({ key: value.timerId, value })),
    )
}
