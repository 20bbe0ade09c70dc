import type { Timer } from '@holdpoint/schemas'
import type { Redis } from 'ioredis'
import { packed, unpacked } from '../packed-timer.ts'
import { type Hold, LostLane, type TimerStore } from '../store.ts'
import type { Script } from './redis-scripts.ts'

type Answer = (string | number)[]
type Run = (script: Script, hold: Hold, ...args: (string | number)[]) => Promise<Answer>

/** Timers in Redis; all keys of a lane share one hash tag, so that a Redis cluster keeps them on one node. */
export function redisTimerStore(redis: Redis, prefix = 'holdpoint:timer'): TimerStore {
  const run: Run = async (script, { partition, writer }, ...args) => {
    const tag = `{${prefix}:${partition}}`
    const command = (redis as unknown as Record<Script, (...all: (string | number)[]) => Promise<Answer>>)[
      script
    ]
    const keys = [`${tag}:meta`, `${tag}:due`, `${tag}:timers`]
    const answer = await command.call(redis, ...keys, writer, ...args).catch((error) => {
      throw isOfAnotherType(error) ? new LostLane('SPOILED', partition, 'a key is of another type') : error
    })
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
        timers: timersIn(due.map(String), hold.partition),
        next: next === '' ? undefined : dueTime(String(next), hold.partition),
        pending: Number(pending),
      }
    },
  }
}

const isOfAnotherType = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('WRONGTYPE')

function timersIn(answer: readonly string[], partition: number): Timer[] {
  const timers: Timer[] = []
  for (let i = 0; i + 2 < answer.length; i += 3) {
    const [timerId = '', score = '', text = ''] = answer.slice(i, i + 3)
    const timer = unpacked(timerId, text)
    if (timer?.dueAt !== Number(score))
      throw new LostLane('SPOILED', partition, `no timer can be read under ${JSON.stringify(timerId)}`)
    timers.push(timer)
  }
  return timers
}

function dueTime(score: string, partition: number): number {
  if (Number.isSafeInteger(Number(score))) return Number(score)
  throw new LostLane('SPOILED', partition, `${score} is no time at which a timer could be due`)
}
