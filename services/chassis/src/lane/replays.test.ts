import { type DeadLetter, RegistryAway, type Replay } from '@holdpoint/schemas'
import { expect, test } from 'vitest'
import { deadLetter } from '../outcomes.ts'
import type { LaneRecord } from '../port.ts'
import { count, countingService, timer } from '../testing/conformance/counting-service.ts'
import { worldCodec, worldTopics } from '../testing/conformance/world-codec.ts'
import { localCodec } from '../testing/memory/local-codec.ts'
import { MemoryLanes } from '../testing/memory/memory.ts'
import type { LaneCodec } from './lane-codec.ts'
import { replaysTopic } from './replays.ts'

const topics = worldTopics('replays')
const world = { topics, service: 'router' as const }
const fiona = { subject: 'fiona', name: 'Fiona Grant', roles: ['finance'] }

/** A service that refuses everything until it is told not to, and remembers what it was given. */
function worldOf(codec: LaneCodec = localCodec) {
  const given: { topic: string; partition: number; offset: number; key: string; caseId: string }[] = []
  let answer: 'refuse' | 'throw' | 'take' = 'refuse'
  const service = countingService(world, {
    handle(record, lane) {
      const { topic, partition, offset, key } = record
      given.push({ topic, partition, offset, key, caseId: record.value?.caseId ?? '' })
      if (answer === 'throw') throw new Error('It fell over.')
      return answer === 'refuse'
        ? deadLetter('INVALID', [{ path: 'caseId', message: 'is not liked.' }])
        : count(world, record as LaneRecord<'timers.schedule.v1'>, lane)
    },
  })
  const lanes = new MemoryLanes(service, { partitions: 2, codec: worldCodec(codec) })
  return { lanes, given, answers: (next: typeof answer) => (answer = next) }
}

/** What the desk sends for a dead letter that lies at offset 7. */
function replayOf(letter: DeadLetter, change: Partial<Replay> = {}): Replay {
  const { service, code, topic, partition, offset, timestamp, key, value, attempt } = letter
  return {
    replayId: 'replay-1',
    orderId: 'order-1',
    ...{ service, code, topic, partition, offset, timestamp, key, value },
    letterTopic: 'router.dlq.v1',
    letterPartition: partition,
    letterOffset: 7,
    attempt: attempt + 1,
    by: fiona,
    reason: 'The roster is right now',
    at: 0,
    ...change,
  }
}

async function refusedOnce(codec?: LaneCodec) {
  const all = worldOf(codec)
  all.lanes.put(topics.input, 'order-1', timer('order-1', 0, 'C-1'))
  await all.lanes.run()
  const [letter] = all.lanes.deadLetters()
  return { ...all, letter: letter as DeadLetter }
}

test('a record that was refused is handled as if it came from its topic again', async () => {
  const { lanes, given, letter, answers } = await refusedOnce()
  expect(letter).toMatchObject({ replayId: '', attempt: 0 })
  answers('take')
  lanes.put(replaysTopic, 'order-1', replayOf(letter))
  expect(await lanes.run()).toEqual([])
  expect(given[1]).toEqual(given[0])
  expect(lanes.published(topics.output)).toMatchObject([
    { key: 'order-1', value: { caseId: 'C-1', version: 1 } },
  ])
  expect(lanes.deadLetters()).toHaveLength(1)
})

test('it is handled in the lane and under the key of the replay', async () => {
  const { lanes, given, letter, answers } = await refusedOnce()
  answers('take')
  lanes.put(replaysTopic, 'order-2', replayOf(letter, { orderId: 'order-2' }), 1)
  await lanes.run()
  expect(given[1]).toMatchObject({ topic: topics.input, partition: 1, key: 'order-2' })
  expect(lanes.published(topics.output)).toMatchObject([{ key: 'order-2', partition: 1 }])
})

test.each(['refuse', 'throw'] as const)(
  'what a service refuses again (it can %s) is a dead letter with its own bytes and place, and the replay',
  async (how) => {
    const { lanes, letter, answers } = await refusedOnce()
    answers(how)
    lanes.put(replaysTopic, 'order-1', replayOf(letter))
    await lanes.run()
    const { code, problems, ...same } = letter
    const [, again] = lanes.deadLetters()
    expect(again).toMatchObject({ ...same, replayId: 'replay-1', attempt: 1 })
    expect(again?.code).toBe(how === 'refuse' ? code : 'HANDLER_FAILED')
    expect(again?.problems).toEqual(how === 'refuse' ? problems : [{ path: '', message: 'It fell over.' }])
  },
)

test('bytes that cannot be decoded are a dead letter again, and the lane goes on', async () => {
  const { lanes, letter, answers } = await refusedOnce()
  answers('take')
  const value = Buffer.from('no Avro at all')
  lanes.put(replaysTopic, 'order-1', replayOf(letter, { value }))
  lanes.put(topics.input, 'order-1', timer('order-1', 0, 'C-2'))
  await lanes.run()
  expect(lanes.deadLetters()[1]).toMatchObject({
    code: 'UNDECODABLE',
    value,
    topic: topics.input,
    attempt: 1,
  })
  expect(lanes.published(topics.output)).toHaveLength(1)
})

test('a replay for another service is left to that one', async () => {
  const { lanes, given, letter } = await refusedOnce()
  lanes.put(replaysTopic, 'order-1', replayOf(letter, { service: 'intake' }))
  expect(await lanes.run()).toEqual([])
  expect(given).toHaveLength(1)
  expect(lanes.deadLetters()).toHaveLength(1)
})

test.each(['orders.inbound.v1', 'desk.replays.v1', 'no topic'])(
  'a record of %s, which the service does not read, is refused',
  async (topic) => {
    const { lanes, given, letter } = await refusedOnce()
    lanes.put(replaysTopic, 'order-1', replayOf(letter, { topic }))
    await lanes.run()
    expect(given).toHaveLength(1)
    expect(lanes.deadLetters()[1]).toMatchObject({
      code: 'INVALID',
      problems: [{ path: 'topic', message: `is "${topic}", which router does not read.` }],
    })
  },
)

test('while the registry is away the lane waits, and then goes on', async () => {
  let away = true
  const codec: LaneCodec = {
    ...localCodec,
    async resolve(topic, bytes) {
      if (away && topic !== replaysTopic) throw new RegistryAway('http://nowhere', new Error('refused'))
      return localCodec.resolve(topic, bytes)
    },
  }
  away = false
  const { lanes, letter, answers } = await refusedOnce(codec)
  answers('take')
  away = true
  lanes.put(replaysTopic, 'order-1', replayOf(letter))
  expect(await lanes.run()).toEqual([expect.stringContaining('The schema registry cannot be asked')])
  away = false
  expect(await lanes.run()).toEqual([])
  expect(lanes.published(topics.output)).toHaveLength(1)
})
