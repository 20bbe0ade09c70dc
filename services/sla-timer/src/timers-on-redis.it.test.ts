import { randomUUID } from 'node:crypto'
import { connect, createServer, type Server, type Socket } from 'node:net'
import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { testServers, until } from '../../../test/harness/index.ts'
import { connectRedis, evictionWarning } from './edge/redis-connection.ts'
import { redisTimerStore } from './edge/redis-store.ts'
import type { TimerStore } from './store.ts'
import { partition, type TestProcess, type TestSchedule, testSchedule, timer } from './testing/schedule.ts'

const url = testServers().redisUrl
const never = () => new Promise<never>(() => undefined)
const soon = (ms: number) => Date.now() + ms
const farAway = soon(86_400_000)

let redis: Redis
let prefix: string
let store: TimerStore
let schedule: TestSchedule
let running: TestProcess[]

beforeAll(async () => {
  redis = connectRedis(url, () => undefined)
  await until('Redis answers', () => redis.status === 'ready')
})

beforeEach(() => {
  prefix = `test:${randomUUID()}`
  store = redisTimerStore(redis, prefix)
  schedule = testSchedule()
  running = []
})

afterEach(async () => {
  await Promise.all(running.map((process) => process.stop()))
  await redis.del(...keys())
})

afterAll(() => redis.disconnect())

const keys = () => ['meta', 'due', 'timers'].map((name) => `{${prefix}:${partition}}:${name}`)

function run(...args: Parameters<TestSchedule['process']> | []): TestProcess {
  const process = schedule.process(args[0] ?? store, args[1])
  running.push(process)
  return process
}

const fired = (process: TestProcess) => process.fires.map((fire) => fire.timerId)

test('a timer fires once it is due, with everything that was scheduled, and is then forgotten', async () => {
  const due = soon(60)
  schedule.put(timer('a', due, 3))
  const process = run()
  await until('a fires', () => process.fires.length > 0)
  expect(Date.now()).toBeGreaterThanOrEqual(due)
  const [fire] = process.fires
  expect(fire).toEqual({ ...timer('a', due, 3), firedAt: fire?.firedAt })
  await until('nothing is pending', () => process.pending() === 0)
  expect(await redis.exists(...keys().slice(1))).toBe(0)
})

test('a timer that was moved fires at its new time only', async () => {
  const process = run()
  schedule.put(timer('later', soon(80)), timer('sooner', farAway))
  schedule.put(timer('later', soon(200), 2), timer('sooner', soon(60), 2))
  await until('both fire', () => process.fires.length >= 2)
  expect(process.fires.map((fire) => [fire.timerId, fire.version])).toEqual([
    ['sooner', 2],
    ['later', 2],
  ])
})

test('a cancelled timer does not fire', async () => {
  const process = run()
  schedule.put(timer('cancelled', soon(60)), timer('kept', soon(120)))
  schedule.cancel('cancelled')
  await until('the later one fires', () => process.fires.length > 0)
  expect(fired(process)).toEqual(['kept'])
})

test('a new timer that is due before the one that was waited for does not wait for it', async () => {
  const process = run()
  schedule.put(timer('first', soon(900)))
  await until('the lane waits', () => process.pending() === 1)
  schedule.put(timer('sooner', soon(30)))
  await until('both fire', () => process.fires.length === 2)
  expect(fired(process)).toEqual(['sooner', 'first'])
})

test('a fire whose acknowledgement was lost with its process is repeated by the next one', async () => {
  schedule.put(timer('a', soon(0)))
  const lost: string[] = []
  const crashed = schedule.process(store, {
    publish: async (fires) => {
      lost.push(...fires.map((fire) => fire.timerId))
      await never()
    },
  })
  await until('it is published', () => lost.length > 0)
  const next = run()
  await until('it is repeated', () => next.fires.length > 0)
  expect(fired(next)).toEqual(lost)
  expect(next.opened).toEqual([{ from: 1, rebuild: undefined }])
  expect(crashed.fires).toEqual([])
})

test('an overdue backlog fires in the order of the due times', async () => {
  const count = 1_200
  const shuffled = Array.from({ length: count }, (_, i) => (i * 7919) % count)
  schedule.put(...shuffled.map((i) => timer(String(i), soon(-10_000 + i))))
  const process = run()
  await until('all fire', () => process.fires.length >= count)
  const dues = process.fires.map((fire) => fire.dueAt)
  expect(dues).toEqual([...dues].sort((a, b) => a - b))
  expect(new Set(fired(process)).size).toBe(count)
})

test('a Redis that is wiped while nothing happens is noticed and filled again from the topic', async () => {
  schedule.put(timer('a', farAway), timer('b', soon(1_500)))
  schedule.cancel('a')
  const process = run()
  await until('b is pending', () => process.pending() === 1)
  await redis.del(...keys())
  await until('b fires', () => process.fires.length > 0)
  expect(process.opened).toEqual([
    { from: 0, rebuild: 'empty' },
    { from: 0, rebuild: 'empty' },
  ])
  expect(fired(process)).toEqual(['b'])
})

test('a Redis that is wiped is noticed when a record comes', async () => {
  schedule.put(timer('a', soon(400)))
  const process = run()
  await until('a is pending', () => process.pending() === 1)
  await redis.del(...keys())
  schedule.put(timer('b', soon(300)))
  await until('both fire', () => process.fires.length === 2)
  expect(fired(process)).toEqual(['b', 'a'])
})

test.each(['due', 'timers'])('losing only the key %s is noticed', async (name) => {
  schedule.put(timer('a', soon(1_300)))
  const process = run()
  await until('a is pending', () => process.pending() === 1)
  await redis.del(`{${prefix}:${partition}}:${name}`)
  await until('a fires', () => process.fires.length > 0)
  expect(process.opened.map((opening) => opening.rebuild)).toEqual(['empty', 'incomplete'])
})

/** What can be done to a lane by somebody who is not one of its processes; `a` is due soon, `b` is not. */
const spoilt: Record<string, (redis: Redis, meta: string, due: string, timers: string) => Promise<unknown>> =
  {
    'the due times are a text': (redis, _meta, due) => redis.set(due, 'now'),
    'the due times are a list': async (redis, _meta, due) => {
      await redis.del(due)
      await redis.rpush(due, 'a', 'b')
    },
    'the timers are a set': async (redis, _meta, _due, timers) => {
      await redis.del(timers)
      await redis.sadd(timers, 'a', 'b')
    },
    'the meta record is a text': (redis, meta) => redis.set(meta, '{"offset":0}'),
    'all three are texts': (redis, ...keys) => Promise.all(keys.map((key) => redis.set(key, ''))),
    'a timer is no JSON': (redis, _meta, _due, timers) => redis.hset(timers, 'a', 'a timer'),
    'a timer is empty': (redis, _meta, _due, timers) => redis.hset(timers, 'a', ''),
    'a timer is JSON of another shape': (redis, _meta, _due, timers) =>
      redis.hset(timers, 'a', '{"orderId":"O-a","dueAt":1}'),
    'a timer has a kind that there is not': (redis, _meta, _due, timers) =>
      redis.hset(timers, 'a', JSON.stringify(['O-a', 'C-a', 'LUNCH', 1, 1])),
    'a timer is due at another time than it is listed at': async (redis, _meta, due) =>
      redis.zadd(due, Date.now() - 1_000, 'b'),
    'a timer is due at no time': (redis, _meta, due) => redis.zadd(due, '-inf', 'b'),
    'a timer is due never': (redis, _meta, due) => redis.zadd(due, 'inf', 'a', 'inf', 'b'),
    'a due time is of a timer that there is not': async (redis, _meta, due) => {
      await redis.zrem(due, 'a')
      await redis.zadd(due, Date.now(), 'nobody')
    },
    'the offset is no number': (redis, meta) => redis.hset(meta, 'offset', 'the last one'),
    'the offset is none that there could be': (redis, meta) => redis.hset(meta, 'offset', '1e300'),
    'the offset is missing': (redis, meta) => redis.hdel(meta, 'offset'),
    'the count is no number': (redis, meta) => redis.hset(meta, 'count', 'many'),
  }

test.each(Object.keys(spoilt))('the lane is built again from the topic when %s', async (how) => {
  const due = soon(400)
  schedule.put(timer('a', due), timer('b', farAway))
  const process = run()
  await until('both are pending', () => process.pending() === 2)
  const [meta = '', dues = '', timers = ''] = keys()
  await spoilt[how]?.(redis, meta, dues, timers)
  await until('a fires', () => process.fires.length > 0)
  await until('b goes on waiting', () => process.pending() === 1)
  expect(process.fires).toEqual([{ ...timer('a', due), firedAt: expect.any(Number) }])
  expect(process.fires[0]?.firedAt).toBeGreaterThanOrEqual(due)
  expect(process.opened).toHaveLength(2)
  expect(process.opened[1]).toEqual({ from: 0, rebuild: expect.any(String) })
})

test.each(Object.keys(spoilt))('so it is when a process finds at its start that %s', async (how) => {
  const due = soon(400)
  schedule.put(timer('a', due), timer('b', farAway))
  const before = run()
  await until('both are pending', () => before.pending() === 2)
  await before.stop()
  const [meta = '', dues = '', timers = ''] = keys()
  await spoilt[how]?.(redis, meta, dues, timers)
  const process = run()
  await until('a fires', () => process.fires.length > 0)
  await until('b goes on waiting', () => process.pending() === 1)
  expect(process.fires).toEqual([{ ...timer('a', due), firedAt: expect.any(Number) }])
  expect(process.fires[0]?.firedAt).toBeGreaterThanOrEqual(due)
})

test('scripts that Redis has forgotten are sent again', async () => {
  schedule.put(timer('a', soon(300)))
  const process = run()
  await until('a is pending', () => process.pending() === 1)
  await redis.script('FLUSH')
  await until('a fires', () => process.fires.length > 0)
  expect(process.troubles).toEqual([])
})

test('a Redis restored from an old copy goes on from the place that the copy holds', async () => {
  schedule.put(timer('cancelled', soon(1_200)))
  const process = run()
  await until('one is pending', () => process.pending() === 1)
  const copies = await Promise.all(keys().map((key) => redis.dumpBuffer(key)))
  schedule.cancel('cancelled')
  schedule.put(timer('new', soon(1_600)))
  await until('the store has read on', async () => (await redis.hget(keys()[0] as string, 'offset')) === '3')
  await Promise.all(keys().map((key, i) => redis.restore(key, 0, copies[i] as Buffer, 'REPLACE')))
  await until('the new one fires', () => process.fires.length > 0)
  expect(fired(process)).toEqual(['new'])
  expect(process.opened).toEqual([
    { from: 0, rebuild: 'empty' },
    { from: 1, rebuild: undefined },
  ])
})

test('timers of a Kafka that was replaced are forgotten', async () => {
  schedule.put(timer('old', soon(400)))
  const before = run()
  await until('it is pending', () => before.pending() === 1)
  await before.stop()
  schedule = testSchedule()
  schedule.clusterId = 'kafka-2'
  schedule.put(timer('new', soon(500)))
  const after = run()
  await until('the new one fires', () => after.fires.length > 0)
  expect(fired(after)).toEqual(['new'])
  expect(after.opened).toEqual([{ from: 0, rebuild: 'other-cluster' }])
})

test('a process whose lane was taken over neither writes nor fires any more', async () => {
  const old = run(store, { fencedPauseMs: 3_600_000 })
  schedule.put(timer('a', soon(1_500)))
  await until('the old process waits', () => old.pending() === 1)
  const next = run()
  await until('the next process waits', () => next.pending() === 1)
  await until('the old one learns it', () => old.troubles.length > 0)
  expect(old.troubles[0]).toMatchObject({ code: 'FENCED' })
  await until('it fires', () => next.fires.length > 0)
  expect(next.troubles).toEqual([])
  expect([...fired(old), ...fired(next)]).toEqual(['a'])
})

test('a fenced process that is still given the lane takes it back after a while', async () => {
  schedule.put(timer('a', farAway))
  const keeper = run(store, { fencedPauseMs: 50 })
  await until('it waits', () => keeper.pending() === 1)
  await store.take({ partition, writer: 'a process that did not know better' })
  await until('it opens the lane again', () => keeper.opened.length === 2)
  schedule.put(timer('b', soon(0)))
  await until('b fires', () => keeper.fires.length > 0)
})

test('while Redis is away nothing is lost, and firing goes on when it is back', async () => {
  const proxy = await startProxy()
  const through = connectRedis(proxy.url, () => undefined)
  const process = run(redisTimerStore(through, prefix))
  schedule.put(timer('before', farAway))
  await until('the lane waits', () => process.pending() === 1)
  proxy.cut()
  schedule.put(timer('while away', soon(10)))
  await until('the connection is lost', () => through.status !== 'ready')
  expect(process.fires).toEqual([])
  await proxy.mend()
  await until('it fires', () => process.fires.length > 0)
  expect(fired(process)).toEqual(['while away'])
  await process.stop()
  through.disconnect()
  proxy.cut()
})

test('while Redis takes no writes the lane says so, and goes on when it does', async () => {
  const name = `test-${randomUUID()}`
  await redis.acl('SETUSER', name, 'on', 'nopass', '~*', '+@all')
  const guest = connectRedis(url.replace('redis://', `redis://${name}:any@`), () => undefined)
  await until('Redis answers', () => guest.status === 'ready')
  schedule.put(timer('a', soon(300)))
  const process = run(redisTimerStore(guest, prefix))
  await until('a is pending', () => process.pending() === 1)
  await redis.acl('SETUSER', name, '-@write')
  await until('it is in trouble', () => process.troubles.length > 0)
  expect(process.fires).toEqual([])
  await redis.acl('SETUSER', name, '+@write')
  await until('a fires', () => process.fires.length > 0)
  expect(process.opened).toHaveLength(1)
  await process.stop()
  guest.disconnect()
  await redis.acl('DELUSER', name)
})

test('a publish that fails is tried again, and the timer is kept until it succeeds', async () => {
  let failures = 2
  const acknowledged: string[] = []
  schedule.put(timer('a', soon(0)))
  const process = run(store, {
    publish: async (fires) => {
      if (failures-- > 0) throw new Error('Kafka is away')
      acknowledged.push(...fires.map((fire) => fire.timerId))
    },
  })
  await until('it is acknowledged', () => acknowledged.length > 0)
  await until('it is removed', () => process.pending() === 0)
  expect(process.troubles).toHaveLength(2)
  expect(acknowledged).toEqual(['a'])
})

test('a timer that is moved while its fire is on the way is kept', async () => {
  const gate = Promise.withResolvers<void>()
  let publishing = false
  const versions: number[] = []
  schedule.put(timer('a', soon(0)))
  const process = run(store, {
    publish: async (fires) => {
      publishing = true
      await gate.promise
      versions.push(...fires.map((fire) => fire.version))
    },
  })
  await until('the first fire is on the way', () => publishing)
  schedule.put(timer('a', soon(150), 2))
  await until('the store has it', async () => (await redis.hget(keys()[0] as string, 'offset')) === '2')
  gate.resolve()
  await until('both fired', () => versions.length === 2)
  expect(versions).toEqual([1, 2])
  await until('nothing is pending', () => process.pending() === 0)
})

test('a clock that is put back delays a fire and never dates it before its due time', async () => {
  let shift = 0
  const due = soon(100)
  schedule.put(timer('a', due))
  const process = run(store, {
    clock: () => Date.now() + shift,
    publish: async (fires) => {
      shift = -60_000
      process.fires.push(...fires)
    },
  })
  await until('it fires', () => process.fires.length > 0)
  expect(process.fires[0]?.firedAt).toBeGreaterThanOrEqual(due)
})

test('whatever is scheduled and moved, each timer fires once, at its last due time and never early', async () => {
  const change = fc.record({ id: fc.nat(5), inMs: fc.integer({ min: 20, max: 200 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      await redis.del(...keys())
      schedule = testSchedule()
      const now = Date.now()
      const last = new Map(
        changes.map(({ id, inMs }, i) => [String(id), timer(String(id), now + inMs, i + 1)]),
      )
      schedule.put(...changes.map(({ id, inMs }, i) => timer(String(id), now + inMs, i + 1)))
      const early: string[] = []
      const process = schedule.process(store, {
        publish: async (fires) => {
          early.push(
            ...fires.filter((fire) => Date.now() < fire.dueAt || fire.firedAt < fire.dueAt).map(String),
          )
          process.fires.push(...fires)
        },
      })
      await until('nothing is pending', () => process.pending() === 0 && process.fires.length >= last.size)
      await process.stop()
      expect(early).toEqual([])
      const fires = process.fires.map(({ timerId, version, dueAt }) => ({ timerId, version, dueAt }))
      const expected = [...last.values()].map(({ timerId, version, dueAt }) => ({ timerId, version, dueAt }))
      const byId = (a: { timerId: string }, b: { timerId: string }) => a.timerId.localeCompare(b.timerId)
      expect(fires.sort(byId)).toEqual(expected.sort(byId))
    }),
    { numRuns: 12 },
  )
})

/** A door to Redis that can be shut. */
async function startProxy() {
  const sockets = new Set<Socket>()
  const target = new URL(url)
  let server: Server
  let port = 0
  const listen = () =>
    new Promise<void>((resolve) => {
      server = createServer((inner) => {
        const outer = connect(Number(target.port), target.hostname)
        for (const socket of [inner, outer]) {
          sockets.add(socket)
          socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
        }
        inner.pipe(outer).pipe(inner)
      })
      server.listen(port, '127.0.0.1', () => {
        port = (server.address() as { port: number }).port
        resolve()
      })
    })
  await listen()
  return {
    url: `redis://127.0.0.1:${port}`,
    cut() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
    mend: listen,
  }
}

test('a Redis that may drop timers to save memory is warned of', async () => {
  const answers = (policy: string) =>
    ({ config: async () => ['maxmemory-policy', policy] }) as unknown as Redis
  expect(await evictionWarning(answers('noeviction'))).toBeUndefined()
  expect(await evictionWarning(answers('allkeys-lru'))).toContain('set maxmemory-policy to noeviction')
  expect(await evictionWarning(redis)).toBeUndefined()
})
