import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newKafka } from '../../kafka/kafka-access.ts'
import { takeOver } from '../../kafka/log/fence.ts'
import { batchKeyOf, encodeBatch, type LaneBatch } from '../../kafka/log/lane-batch.ts'
import { lineForTest, WriterForTest } from '../../kafka/log/testing/writer.ts'
import { runLanes } from '../../kafka/run-lanes.ts'
import type { Lanes } from '../../port.ts'
import { createMetrics } from '../../runtime/metrics.ts'
import { createTopics, journalBatchBytes, topicResource } from '../../topics.ts'
import { localCodec } from '../memory/local-codec.ts'
import { Checks } from './checks.ts'
import { countingService, timer } from './counting-service.ts'
import { kafkaWorld } from './kafka-world.ts'
import type { World } from './world.ts'
import { worldCodec } from './world-codec.ts'

const brokers = process.env.HOLDPOINT_TEST_KAFKA?.split(',') ?? []
const access = { brokers, clientId: 'openings', log: pino({ level: 'silent' }) }
const { signal } = new AbortController()
const patience = { timeout: 20_000, interval: 50 }

describe('what a lane finds when it opens', { timeout: 60_000 }, () => {
  let world: World
  let lanes: Lanes | undefined
  let failure: unknown

  beforeEach(async () => {
    world = await kafkaWorld(brokers, localCodec)
    failure = undefined
  })

  afterEach(async () => {
    await lanes?.stop()
    await world.tearDown()
  })

  const start = async () => {
    lanes = await runLanes(countingService(world), {
      access: { ...access, clientId: world.service },
      codec: worldCodec(localCodec),
      metrics: createMetrics(world.service),
      fail: (error) => {
        failure = error
      },
    })
    return lanes
  }

  const admin = async (
    work: (client: ReturnType<ReturnType<typeof newKafka>['admin']>) => Promise<unknown>,
  ) => {
    const client = newKafka(access).admin()
    await client.connect()
    await work(client).finally(() => client.disconnect())
  }

  const settingsOf = async (topic: string): Promise<Record<string, string>> => {
    const found: Record<string, string> = {}
    await admin(async (client) => {
      const resources = [{ type: topicResource, name: topic }]
      const described = await client.describeConfigs({ resources, includeSynonyms: false })
      for (const { configName, configValue } of described.resources[0]?.configEntries ?? [])
        found[configName] = configValue
    })
    return found
  }

  /** Deletes what the output has, as its retention would. */
  const cutOutput = () =>
    admin(async (client) => {
      const ends = await client.fetchTopicOffsets(world.topics.output)
      const partitions = ends.map(({ partition, high }) => ({ partition, offset: high }))
      await client.deleteTopicRecords({ topic: world.topics.output, partitions })
    })

  /** Writes to the partitions of lane 0 under the identity of its owner. */
  const asOwner = async (work: (writer: WriterForTest) => Promise<unknown>) => {
    const topics = [world.topics.state, world.topics.output]
    const line = lineForTest(brokers, topics)
    const places = topics.map((topic) => ({ topic, partition: 0 }))
    const territory = { brokers: line.brokers, transactionalId: `${world.service}-0`, places }
    await work(new WriterForTest(line, await takeOver(territory, signal))).finally(() => line.brokers.close())
  }

  const journal = (writer: WriterForTest, batch: LaneBatch) => {
    const records = [{ key: batchKeyOf(batch.number), value: encodeBatch(batch) }]
    return writer.write({ topic: world.topics.state, partition: 0 }, { records })
  }

  const output = (n: number) => {
    const value = world.encode(world.topics.output, timer('order', n, `case-${n}`))
    return { topic: world.topics.output, key: Buffer.from('order'), value }
  }

  it('goes on when what it had published was deleted while it was away', async () => {
    const checks = new Checks(world)
    const key = checks.keyIn(0)
    await start()
    for (const id of ['a', 'b']) await checks.put(key, id)
    await checks.hasPublished(2)
    await lanes?.stop()
    await cutOutput()
    await start()
    await checks.put(key, 'c')
    await checks.hasPublished(3)
    expect(await checks.counts(key)).toEqual([1, 2, 3])
    expect(failure).toBeUndefined()
  })

  it('waits and says so when what it may have published was deleted before it could be counted', async () => {
    await asOwner(async (writer) => {
      for (const n of [1, 2])
        await writer.write({ topic: world.topics.output, partition: 0 }, { records: [output(n)] })
      const starts = new Map([[world.topics.output, 0]])
      await journal(writer, {
        number: 1,
        settled: 0,
        positions: new Map(),
        starts,
        outputs: [output(1), output(2)],
      })
    })
    await cutOutput()
    const running = await start()
    await vi.waitFor(
      () => expect(running.waiting?.()[0]?.why).toMatch(/begins at \d+ and has to be counted from 0/),
      patience,
    )
    expect(running.ready()).toBe(false)
  })

  it('stops when more was published than its journal knows of', async () => {
    await asOwner(async (writer) => {
      const starts = new Map([[world.topics.output, 0]])
      await journal(writer, { number: 1, settled: 1, positions: new Map(), starts, outputs: [] })
      await writer.write({ topic: world.topics.output, partition: 0 }, { records: [output(1)] })
    })
    await start()
    await vi.waitFor(
      () => expect(failure).toMatchObject({ code: 'JOURNAL_BEHIND', canRetry: false }),
      patience,
    )
  })

  it('does not start on a state topic that takes less than a lane writes at once', async () => {
    const narrow = { 'max.message.bytes': '1000000', 'cleanup.policy': 'compact' }
    const { state } = world.topics
    await admin(async (client) => {
      const configEntries = Object.entries(narrow).map(([name, value]) => ({ name, value }))
      await client.alterConfigs({
        validateOnly: false,
        resources: [{ type: topicResource, name: state, configEntries }],
      })
    })
    await vi.waitFor(async () => expect(await settingsOf(state)).toMatchObject(narrow), patience)
    await expect(start()).rejects.toMatchObject({ code: 'TOPIC_TOO_NARROW', canRetry: false })
    // Whoever prepares the topics of an installation of before makes them wide enough, and changes nothing else.
    const settings = { 'max.message.bytes': String(journalBatchBytes) }
    await createTopics(brokers, [{ topic: state, partitions: world.lanes, replicas: 1, settings }])
    expect(await settingsOf(state)).toMatchObject({ ...narrow, ...settings })
    expect((await start()).waiting?.()).toEqual([])
  })
})
