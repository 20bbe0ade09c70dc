import { expect, test } from 'vitest'
import { retryLater } from '../outcomes.ts'
import { count, countingService, timer } from '../testing/conformance/counting-service.ts'
import { worldCodec, worldTopics } from '../testing/conformance/world-codec.ts'
import { localCodec } from '../testing/memory/local-codec.ts'
import { MemoryLanes } from '../testing/memory/memory.ts'
import { longestWaitMs } from './patience.ts'

const topics = worldTopics('waiting')
const world = { topics, service: 'router' as const }

/** A lane on which records of case "early" wait for something that is not there. */
function lanesThatWait(endless: boolean): MemoryLanes {
  const service = countingService(world, {
    handle: (record, lane) =>
      record.value?.caseId === 'early'
        ? retryLater('Version 9 has not arrived.', 100, { endless })
        : count(world, record, lane),
  })
  const lanes = new MemoryLanes(service, { partitions: 1, codec: worldCodec(localCodec) })
  lanes.put(topics.input, 'order-1', timer('order-1', 0, 'early'))
  lanes.put(topics.input, 'order-1', timer('order-1', 0, 'next'))
  return lanes
}

test('what a record names and nobody finds ends as a dead letter with the reason, and the lane goes on', async () => {
  const lanes = lanesThatWait(false)
  expect(await lanes.run()).toEqual(['Version 9 has not arrived.'])
  lanes.clock += longestWaitMs - 1
  expect(await lanes.run()).toEqual(['Version 9 has not arrived.'])
  expect(lanes.deadLetters()).toEqual([])
  lanes.clock += 1
  expect(await lanes.run()).toEqual([])
  expect(lanes.published(topics.output)).toHaveLength(1)
  const message = expect.stringContaining('Version 9 has not arrived. It was waited for 90 seconds in vain')
  expect(lanes.deadLetters()).toMatchObject([{ code: 'INVALID', offset: 0, problems: [{ message }] }])
})

test('what is missing through no fault of the record is waited for without an end', async () => {
  const lanes = lanesThatWait(true)
  await lanes.run()
  lanes.clock += 100 * longestWaitMs
  expect(await lanes.run()).toEqual(['Version 9 has not arrived.'])
  expect(lanes.deadLetters()).toEqual([])
})

test('a record whose own time no date can hold becomes a dead letter like any other', async () => {
  const service = countingService(world, {
    handle: () => ({ kind: 'deadLetter', code: 'INVALID', problems: [] }),
  })
  const lanes = new MemoryLanes(service, { partitions: 1, codec: worldCodec(localCodec) })
  for (const clock of [9e15, -9e15, -1]) {
    const now = lanes.clock
    lanes.clock = clock
    lanes.put(topics.input, 'order-1', timer('order-1', 0, 'odd'))
    lanes.clock = now
  }
  await lanes.run()
  expect(lanes.deadLetters().map(({ timestamp }) => timestamp)).toEqual([8.64e15, -1, -1])
})
