import { Partitioners, type Producer } from 'kafkajs'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newKafka } from '../../kafka/kafka-access.ts'
import { localCodec } from '../memory/local-codec.ts'
import { Checks } from './checks.ts'
import { countingService, stateOf, timer } from './counting-service.ts'
import { kafkaWorld } from './kafka-world.ts'
import type { World } from './world.ts'

const brokers = process.env.HOLDPOINT_TEST_KAFKA?.split(',') ?? []

/** What lanes of transactions left behind: outputs, state and the group's offsets, of a transaction each. */
describe('an installation of lanes that committed by transactions', { timeout: 60_000 }, () => {
  let world: World
  let checks: Checks
  let producer: Producer

  beforeEach(async () => {
    world = await kafkaWorld(brokers, localCodec)
    checks = new Checks(world)
    const kafka = newKafka({ brokers, clientId: 'before', log: pino({ level: 'silent' }) })
    producer = kafka.producer({
      transactionalId: `${world.service}-0`,
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: Partitioners.DefaultPartitioner,
    })
    await producer.connect()
  })

  afterEach(async () => {
    await producer.disconnect()
    await world.tearDown()
  })

  const begin = async (key: string, counts: readonly number[]) => {
    const transaction = await producer.transaction()
    const value = (count: number) => world.encode(world.topics.output, timer(key, count, `case-${count}`))
    const outputs = counts.map((count) => ({ key, value: value(count), partition: 0 }))
    await transaction.send({ topic: world.topics.output, messages: outputs })
    const state = world.encode(world.topics.state, stateOf(0, counts.at(-1) ?? 0))
    await transaction.send({ topic: world.topics.state, messages: [{ key, value: state, partition: 0 }] })
    return transaction
  }

  it('goes on where it stopped: nothing is lost, doubled, or taken from a transaction that never ended', async () => {
    const key = checks.keyIn(0)
    for (let n = 1; n <= 6; n++) await checks.put(key, `case-${n}`)
    const ended = await begin(key, [1, 2, 3])
    const partitions = [{ partition: 0, offset: '3' }]
    await ended.sendOffsets({
      consumerGroupId: world.service,
      topics: [{ topic: world.topics.input, partitions }],
    })
    await ended.commit()
    await begin(key, [4, 5])
    await world.start(countingService(world))
    await checks.hasPublished(6)
    expect(await checks.caseIds(key)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `case-${n}`))
    expect(await checks.counts(key)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('shuts the process of before out', async () => {
    const key = checks.keyIn(0)
    const open = await begin(key, [1])
    await checks.put(key, 'case-1')
    await world.start(countingService(world))
    await checks.hasPublished(1)
    await expect(open.commit()).rejects.toThrow()
    expect(await checks.counts(key)).toEqual([1])
  })
})
