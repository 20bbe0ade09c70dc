import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestTopics, topicsForTest } from '../testing/conformance/topics-for-test.ts'
import { newKafka } from './kafka-access.ts'
import { LaneOffsets } from './lane-offsets.ts'

const brokers = process.env.HOLDPOINT_TEST_KAFKA?.split(',') ?? []

describe('where a lane goes on', () => {
  let topics: TestTopics
  let offsets: LaneOffsets
  let group: string

  beforeEach(async () => {
    topics = await topicsForTest(brokers, ['input', 'other'], 2)
    offsets = new LaneOffsets(topics.access)
    group = topics.access.clientId
  })

  afterEach(async () => {
    await offsets.ask((admin) => admin.deleteGroups([group])).catch(() => undefined)
    await offsets.stop()
    await topics.remove()
  })

  const put = async (records: number) => {
    const producer = newKafka(topics.access).producer()
    await producer.connect()
    const messages = Array.from({ length: records }, () => ({ value: 'x', partition: 0 }))
    await producer.send({ topic: topics.named('input'), messages })
    await producer.disconnect()
  }

  const commit = (offset: number) =>
    offsets.ask((admin) =>
      admin.setOffsets({
        groupId: group,
        topic: topics.named('input'),
        partitions: [{ partition: 0, offset: String(offset) }],
      }),
    )

  const positions = (hadState: boolean, known = new Map<string, number>()) =>
    offsets.positions(group, [topics.named('input'), topics.named('other')], 0, { known, hadState })

  it('is the beginning of an input that was never read, and the committed offset of the others', async () => {
    await put(5)
    await commit(3)
    expect(await positions(true)).toEqual(
      new Map([
        [topics.named('input'), 3],
        [topics.named('other'), 0],
      ]),
    )
  })

  it('is where the log of the lane says, unless the group is further', async () => {
    await put(5)
    await commit(3)
    const input = topics.named('input')
    expect((await positions(false, new Map([[input, 4]]))).get(input)).toBe(4)
    expect((await positions(false, new Map([[input, 2]]))).get(input)).toBe(3)
  })

  it('is refused when there is state and all committed offsets are gone', async () => {
    await put(5)
    await expect(positions(true)).rejects.toMatchObject({ code: 'OFFSETS_LOST', canRetry: false })
    expect((await positions(false)).get(topics.named('input'))).toBe(0)
  })

  it('is refused when records were deleted before they were read', async () => {
    await put(5)
    await commit(1)
    await offsets.ask((admin) =>
      admin.deleteTopicRecords({ topic: topics.named('input'), partitions: [{ partition: 0, offset: '4' }] }),
    )
    await expect(positions(true)).rejects.toMatchObject({ code: 'RECORDS_LOST', canRetry: false })
  })

  it('is asked for again when it lies behind the end, as a new leader may not know its log yet', async () => {
    await put(5)
    await commit(9)
    await expect(positions(true)).rejects.toMatchObject({ code: 'RECORDS_LOST', canRetry: true })
  })
})
