import type { Timer, TimerKind } from '@holdpoint/schemas'
import type { Redis } from 'ioredis'
import type { Script } from './redis-scripts.ts'
import { type Hold, LostLane, type TimerStore } from './store.ts'

type Answer = (string | number)[]
type Run = (script: Script, hold: Hold, ...args: (string | number)[]) => Promise<Answer>

/** Timers in Redis; all keys of a lane share one hash tag, so that a Redis cluster keeps them on one node. */
export function redisTimerStore(redis: Redis, prefix = 'holdpoint:timer'): TimerStore {
  const run: Run = async (script, { partition, writer }, ...args) => {
    const tag = `{${prefix}:${partition}}`
    const command = (redis as unknown as Record<Script, (...all: (string | number)[]) => Promise<Answer>>)[
      script
    ]
    const answer = await command.call(redis, `${tag}:meta`, `${tag}:due`, `${tag}:timers`, writer, ...args)
    if (answer[0] === 'FENCED' || answer[0] === 'STORE_LOST') throw new LostLane(answer[0], partition)
    return answer
  }
  return {
    async take(hold) {
      const [offset, clusterId, at, count, due, timers] = await run('timerTake', hold)
      return {
        offset: offset === '' ? undefined : Number(offset),
        clusterId: String(clusterId),
        at: Number(at),
        count: Number(count),
        counted: [Number(due), Number(timers)],
      }
    },
    async reset(hold, { clusterId, offset, now }) {
      await run('timerReset', hold, clusterId, offset, now)
    },
    async apply(hold, { from, to, schedule, cancel }, now) {
      const timers = schedule.flatMap((timer) => [timer.dueAt, timer.timerId, packed(timer)])
      await run('timerApply', hold, from, to, now, schedule.length, ...timers, ...cancel)
    },
    async claim(hold, { offset, now, limit, fired }) {
      const removed = fired.flatMap((timer) => [timer.timerId, packed(timer)])
      const [, pending, next, ...due] = await run('timerClaim', hold, offset, now, limit, ...removed)
      return {
        timers: unpacked(due.map(String)),
        next: next === '' ? undefined : Number(next),
        pending: Number(pending),
      }
    },
  }
}

const packed = ({ orderId, caseId, kind, version, dueAt }: Timer) =>
  JSON.stringify([orderId, caseId, kind, version, dueAt])

function unpacked(pairs: readonly string[]): Timer[] {
  const timers: Timer[] = []
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const [orderId, caseId, kind, version, dueAt] = JSON.parse(pairs[i + 1] as string) as [
      string,
      string,
      TimerKind,
      number,
      number,
    ]
    timers.push({ timerId: pairs[i] as string, orderId, caseId, kind, version, dueAt })
  }
  return timers
}
