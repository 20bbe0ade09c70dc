import type { Timer } from '@holdpoint/schemas'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { partitionOf } from '../partition-of.ts'
import type { PartitionLog, Running } from '../port.ts'
import { timer } from '../testing/conformance/counting-service.ts'
import { type TestTopics, topicsForTest } from '../testing/conformance/topics-for-test.ts'
import { worldCodec } from '../testing/conformance/world-codec.ts'
import { localCodec } from '../testing/memory/local-codec.ts'
import { followTable } from './follow-table.ts'
import { Follower } from './follower.ts'
import { newKafka, producerRetry } from './kafka-access.ts'
import { LaneOffsets } from './lane-offsets.ts'
import { KafkaPublisher } from './publisher.ts'
import { readAll } from './read-all.ts'
import { readLanes } from './read-lanes.ts'

const brokers = process.env.HOLDPOINT_TEST_KAFKA?.split(',') ?? []
const partitions = 2
const codec = { ...worldCodec(localCodec), register: async () => {} }

describe('outside of lanes', () => {
  let topics: TestTopics
  let topic: 'timers.schedule.v1'
  let offsets: LaneOffsets
  let publisher: KafkaPublisher
  let running: { stop(): Promise<void> }[]

  beforeEach(async () => {
    topics = await topicsForTest(brokers, ['input'], partitions)
    topic = topics.named('input')
    offsets = new LaneOffsets(topics.access)
    publisher = new KafkaPublisher(topics.access, codec)
    running = [publisher, offsets]
  })

  afterEach(async () => {
    for (const each of running.toReversed()) await each.stop()
    await topics.remove()
  })

  const parts = () => ({
    access: topics.access,
    codec,
    offsets,
    fail: (error: unknown) => {
      throw error
    },
  })

  const until = (check: () => boolean) => vi.waitFor(() => expect(check()).toBe(true), { timeout: 20_000 })

  const publish = (from: number, to: number, key = 'order-1') =>
    publisher.send(
      topic,
      Array.from({ length: to - from + 1 }, (_, i) => ({ key, value: timer(key, from + i, '') })),
    )

  const versions = (values: Iterable<Timer | null>) => [...values].map((value) => value?.version)

  const readVersions = async () => {
    const values: (Timer | null)[] = []
    for await (const record of readAll(parts(), [topic])) values.push(record.value as Timer | null)
    return versions(values)
  }

  const inTransaction = async (versionsToWrite: number[], end: 'commit' | 'abort') => {
    const producer = newKafka(topics.access, producerRetry).producer({
      transactionalId: `${topics.access.clientId}-${end}`,
      idempotent: true,
      maxInFlightRequests: 1,
    })
    await producer.connect()
    const transaction = await producer.transaction()
    const messages = versionsToWrite.map((version) => ({
      key: 'order-1',
      value: codec.encode(topic, timer('order-1', version, '')),
    }))
    await transaction.send({ topic, messages })
    await transaction[end]()
    await producer.disconnect()
  }

  it('publishes in order, and where the Java clients would', async () => {
    await Promise.all([publish(1, 50), publish(51, 60), publish(61, 3_000)])
    expect(await readVersions()).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 1))
    const bounds = await offsets.bounds(topic)
    expect(bounds.get(partitionOf('order-1', partitions))?.end).toBe(3_000)
  })

  it('comes to the end of a topic that goes on growing', async () => {
    let growing = true
    const grow = async () => {
      for (let version = 1; growing; version++) await publish(version, version)
    }
    const grown = grow()
    for (let i = 0; i < 20; i++) await readVersions()
    growing = false
    await grown
  })

  it('publishes on the partition that it is told', async () => {
    await publisher.send(
      topic,
      [0, 1, 1].map((partition) => ({ key: 'same', value: timer('same', 1, ''), partition })),
    )
    const bounds = await offsets.bounds(topic)
    expect([bounds.get(0)?.end, bounds.get(1)?.end]).toEqual([1, 2])
  })

  it('says that Kafka is away, and that nothing was published', async () => {
    const away = new KafkaPublisher({ ...topics.access, brokers: ['127.0.0.1:1'] }, codec)
    const sending = away.send(topic, [{ key: 'order-1', value: timer('order-1', 1, '') }])
    await expect(sending).rejects.toMatchObject({ code: 'KAFKA_AWAY', canRetry: true })
  })

  it('refuses a record that no broker would take, and goes on with others', async () => {
    const huge = publisher.sendBytes(topic, [{ key: null, value: Buffer.alloc(1_500_000) }])
    await expect(huge).rejects.toMatchObject({ code: 'TOO_LARGE' })
    await publish(1, 1)
    expect(await readVersions()).toEqual([1])
  })

  it('reads all of an empty topic', async () => {
    expect(await readVersions()).toEqual([])
  })

  it('knows that it has read everything when control and aborted records come last', async () => {
    await inTransaction([1, 2], 'commit')
    await inTransaction([3], 'abort')
    expect(await readVersions()).toEqual([1, 2])
  })

  it('knows that it has read everything when there is nothing but aborted records', async () => {
    await inTransaction([1, 2], 'abort')
    expect(await readVersions()).toEqual([])
  })

  it('follows from where the caller says, and hands a refused batch over again', async () => {
    await publish(1, 10)
    const seen: number[] = []
    let refusals = 2
    let caughtUp = 0
    const follower = new Follower(parts(), {
      topics: [topic],
      from: (_topic, partition) => (partition === partitionOf('order-1', partitions) ? 4 : 0),
      async onBatch(_topic, _partition, records) {
        if (refusals-- > 0) throw new Error('the store is away')
        seen.push(...records.map((record) => (record.value as Timer).version))
      },
      onCaughtUp: () => caughtUp++,
    })
    running.push(follower)
    await follower.start()
    await until(() => caughtUp === 1 && follower.ready())
    expect(seen).toEqual([5, 6, 7, 8, 9, 10])
    await publish(11, 12)
    await until(() => seen.length === 8)
    expect(seen.slice(-2)).toEqual([11, 12])
    expect(caughtUp).toBe(1)
  })

  it('keeps a table: what was there is there when it resolves, changes arrive, null removes', async () => {
    await publisher.send(topic, [
      { key: 'a', value: timer('a', 1, '') },
      { key: 'b', value: timer('b', 1, '') },
      { key: 'a', value: timer('a', 2, '') },
    ])
    const table = await followTable(topic, parts())
    running.push(table)
    expect(table.get('a')?.version).toBe(2)
    expect(table.values()).toHaveLength(2)
    const changes: string[] = []
    table.onChange((key, value) => changes.push(`${key}=${value?.version}`))
    await publisher.send(topic, [{ key: 'b', value: null }])
    await until(() => table.get('b') === undefined)
    expect(changes.sort()).toEqual(['a=2', 'b=1', 'b=undefined'])
  })

  it('leaves a row out that cannot be decoded', async () => {
    await publisher.sendBytes(topic, [{ key: Buffer.from('a'), value: Buffer.from('nonsense') }])
    await publisher.send(topic, [{ key: 'b', value: timer('b', 1, '') }])
    const table = await followTable(topic, {
      ...parts(),
      access: { ...topics.access, log: topics.access.log.child({}, { level: 'silent' }) },
    })
    running.push(table)
    expect(table.get('a')).toBeUndefined()
    expect(table.get('b')?.version).toBe(1)
  })

  it('feeds lanes from the positions that their reader keeps, and opens them again when told', async () => {
    await publish(1, 5)
    const partition = partitionOf('order-1', partitions)
    const opened: PartitionLog[] = []
    const seen: number[] = []
    const events: string[] = []
    const reading = await readLanes(
      {
        ...parts(),
        reader: {
          service: topics.access.clientId as 'sla-timer',
          inputs: [topic],
          async open(lane, logs) {
            if (lane === partition) opened.push((logs as Record<string, PartitionLog>)[topic] as PartitionLog)
            return { [topic]: lane === partition ? 2 : 0 } as never
          },
          async onBatch(_lane, _topic, records) {
            seen.push(...records.map((record) => (record.value as Timer).version))
          },
          onCaughtUp: (lane) => events.push(`caught up ${lane}`),
          async close(lane) {
            events.push(`closed ${lane}`)
          },
        },
      },
      (error) => {
        throw error
      },
    )
    running.push(reading)
    await until(() => events.length === 2 && reading.ready())
    expect(seen).toEqual([3, 4, 5])
    expect(opened).toMatchObject([{ begin: 0, end: 5 }])
    expect(opened[0]?.clusterId).toMatch(/\S+/)
    reading.reopen(partition)
    await until(() => seen.length === 6 && events.length === 3)
    expect(seen).toEqual([3, 4, 5, 3, 4, 5])
    expect(opened).toHaveLength(2)
    await (running.pop() as Running).stop()
    expect(events.slice(-2).sort()).toEqual(['closed 0', 'closed 1'])
  })
})
