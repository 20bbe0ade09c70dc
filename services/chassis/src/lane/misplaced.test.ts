import { randomUUID } from 'node:crypto'
import { sampleCommand } from '@holdpoint/schemas/testing'
import { expect, test } from 'vitest'
import { done } from '../outcomes.ts'
import { partitionOf } from '../partition-of.ts'
import type { LaneService } from '../port.ts'
import { memoryLanes } from '../testing/memory/memory.ts'

/** The same keys by murmur2, and by the CRC-32 of librdkafka's own partitioner. */
const keys = [
  { key: 'BUG-P3', murmur2: 0, crc32: 2 },
  { key: 'BUG-P4', murmur2: 2, crc32: 1 },
  { key: 'BUG-P7', murmur2: 2, crc32: 3 },
]

type In = 'desk.commands.v1' | 'timers.schedule.v1'
const handled: string[] = []
const service: LaneService<In> = {
  service: 'router',
  inputs: ['desk.commands.v1', 'timers.schedule.v1'],
  outputs: [],
  deadLetters: 'router.dlq.v1',
  handle({ key }) {
    handled.push(key)
    return done()
  },
}

const fiona = { subject: 'fiona', name: 'Fiona', roles: [] }

test.each(keys)(
  'the record of order $key in partition $crc32 is refused, with what to set',
  async ({ key, murmur2, crc32 }) => {
    const lanes = memoryLanes(service)
    lanes.putBytes('desk.commands.v1', Buffer.from(key), Buffer.from('anything'), crc32)
    await lanes.run()
    const [letter] = lanes.deadLetters()
    expect(letter).toMatchObject({ code: 'INVALID', partition: crc32, problems: [{ path: 'key' }] })
    expect(letter?.problems[0]?.message).toContain(`belongs to partition ${murmur2}`)
    expect(letter?.problems[0]?.message).toContain('partitioner=murmur2_random')
    expect(handled).not.toContain(key)
  },
)

test('in its own partition it is handled, whatever its producer is', async () => {
  const lanes = memoryLanes(service)
  for (const key of ['BUG-P2', randomUUID()]) {
    lanes.put(
      'desk.commands.v1',
      key,
      sampleCommand({ orderId: key, actor: fiona, action: 'NOTE' }),
      partitionOf(key, 4),
    )
    await lanes.run()
    expect(handled).toContain(key)
  }
  expect(lanes.deadLetters()).toEqual([])
})

test('a topic with another key lies where its writer says', async () => {
  const lanes = memoryLanes(service)
  lanes.putBytes('timers.schedule.v1', Buffer.from('BUG-P3'), null, 2)
  await lanes.run()
  expect(handled).toContain('BUG-P3')
})

test('a service that takes all is given it like any other', async () => {
  const lanes = memoryLanes({ ...service, takesAll: true })
  lanes.putBytes('desk.commands.v1', Buffer.from('BUG-P7'), null, 3)
  await lanes.run()
  expect(handled).toContain('BUG-P7')
  expect(lanes.deadLetters()).toEqual([])
})

test('of a record that was unpacked from a batch and is larger than Kafka takes, the beginning is kept', async () => {
  const lanes = memoryLanes(service)
  const value = Buffer.alloc(5_000_000, 1)
  lanes.putBytes('desk.commands.v1', Buffer.from('BUG-P3'), value, 2)
  await lanes.run()
  const [letter] = lanes.deadLetters()
  expect(letter?.value?.length).toBe(1_048_588)
  expect(letter?.problems.at(-1)?.message).toMatch(/has 5000000 bytes, of which the first 1048588 are kept/)
})
