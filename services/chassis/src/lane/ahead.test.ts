import type { NoticeRequest } from '@holdpoint/schemas'
import { expect, test } from 'vitest'
import { deadLetter, done, retryLater } from '../outcomes.ts'
import type { LaneRecord, LaneService, Outcome } from '../port.ts'
import { memoryLanes } from '../testing/index.ts'
import { localCodec } from '../testing/memory/local-codec.ts'
import { Ahead } from './ahead.ts'
import { type AnyLaneService, handleBatch } from './handle-batch.ts'
import { LaneState } from './lane-state.ts'
import { Patience } from './patience.ts'
import { laneRecord } from './received.ts'

type Notice = LaneRecord<'notices.requested.v1'>
type Handle = (noticeId: string, times: number) => Promise<Outcome<never>>

/** One lane that handles `sideBySide` notices at a time, and what its handler was called for. */
function laneWith(sideBySide: number, handle: Handle) {
  const called: string[] = []
  let [running, most] = [0, 0]
  const service: LaneService<'notices.requested.v1'> = {
    service: 'notifier',
    inputs: ['notices.requested.v1'],
    outputs: ['notices.outcomes.v1'],
    deadLetters: 'notifier.dlq.v1',
    sideBySide,
    async handle({ value }: Notice) {
      const noticeId = value?.noticeId ?? ''
      called.push(noticeId)
      most = Math.max(most, ++running)
      try {
        return await handle(noticeId, called.filter((one) => one === noticeId).length)
      } finally {
        running--
      }
    },
  }
  const lanes = memoryLanes(service, { partitions: 1 })
  const put = (count: number) => {
    for (let i = 0; i < count; i++) lanes.put('notices.requested.v1', 'SO-1', notice(`N-${i}`))
  }
  const outcomes = () => lanes.published('notices.outcomes.v1').map((one) => one.value?.noticeId)
  return { lanes, put, called, outcomes, most: () => most }
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const sent = (noticeId: string) =>
  done([
    {
      topic: 'notices.outcomes.v1',
      key: 'SO-1',
      value: {
        noticeId,
        orderId: 'SO-1',
        attempt: 1,
        status: 'SENT',
        permanent: false,
        messageId: '',
        detail: '',
        at: 0,
      },
    },
  ])
const names = (count: number) => Array.from({ length: count }, (_, i) => `N-${i}`)

function notice(noticeId: string): NoticeRequest {
  return {
    noticeId,
    orderId: 'SO-1',
    caseIds: [],
    channel: 'EMAIL',
    to: '',
    toName: '',
    message: '',
    language: '',
    subject: '',
    body: '',
    data: {},
    recipient: 'CUSTOMER',
    person: '',
    occasion: '',
    digest: false,
    fromName: '',
    replyTo: '',
    paragraphs: [],
    policyVersion: 1,
    attempt: 1,
    at: 0,
  }
}

test('records are handled side by side, no more than may, and their outcomes come in their order', async () => {
  const { lanes, put, called, outcomes, most } = laneWith(4, async (noticeId) => {
    await after(Number(noticeId.slice(2)) % 3)
    return sent(noticeId)
  })
  put(100)
  await lanes.run()
  expect(outcomes()).toEqual(names(100))
  expect(called).toEqual(names(100))
  expect(most()).toBe(4)
})

test('one that takes long keeps nobody behind it from being handled, and is handled once', async () => {
  const ended: string[] = []
  const { lanes, put, called, outcomes } = laneWith(4, async (noticeId) => {
    await after(noticeId === 'N-0' ? 300 : 0)
    ended.push(noticeId)
    return sent(noticeId)
  })
  put(50)
  await lanes.run()
  expect(ended.at(-1)).toBe('N-0')
  expect(outcomes()).toEqual(names(50))
  expect(called).toEqual(names(50))
})

test('records that come while one takes long are begun as well', async () => {
  let release = () => {}
  const isReleased = new Promise<void>((resolve) => {
    release = resolve
  })
  const { lanes, put, called } = laneWith(4, async (noticeId) => {
    if (noticeId === 'N-0') await isReleased
    return sent(noticeId)
  })
  put(1)
  const running = lanes.run()
  await expect.poll(() => called.length).toBe(1)
  lanes.put('notices.requested.v1', 'SO-1', notice('N-late'))
  await expect.poll(() => called).toEqual(['N-0', 'N-late'])
  release()
  await running
})

test('one that throws is handled again, and what it throws twice ends as a dead letter in its place', async () => {
  const { lanes, put, called, outcomes } = laneWith(4, async (noticeId, times) => {
    await after(1)
    if (noticeId === 'N-3' || (noticeId === 'N-5' && times === 1)) throw new Error('no')
    return sent(noticeId)
  })
  put(20)
  await lanes.run()
  expect(outcomes()).toEqual(names(20).filter((one) => one !== 'N-3'))
  expect(lanes.deadLetters()).toMatchObject([{ code: 'HANDLER_FAILED', offset: 3 }])
  const twice = called.filter((one, i) => called.indexOf(one) !== i)
  expect(new Set(twice)).toEqual(new Set(['N-3', 'N-5']))
})

test('one that waits keeps what was begun behind it, and goes on with it later', async () => {
  const { lanes, put, called, outcomes } = laneWith(4, async (noticeId, times) =>
    noticeId === 'N-0' && times === 1 ? retryLater('Not yet.', 10) : sent(noticeId),
  )
  put(3)
  expect(await lanes.run()).toEqual(['Not yet.'])
  await lanes.run()
  expect(outcomes()).toEqual(names(3))
  expect(called.toSorted()).toEqual(['N-0', 'N-0', 'N-1', 'N-2'])
})

test('what cannot be read, or is refused, is a dead letter among the others', async () => {
  const { lanes, put, outcomes } = laneWith(4, async (noticeId) =>
    noticeId === 'N-1' ? deadLetter('INVALID', [{ path: '', message: 'no' }]) : sent(noticeId),
  )
  put(2)
  lanes.putBytes('notices.requested.v1', Buffer.from('SO-1'), Buffer.from('nonsense'))
  lanes.put('notices.requested.v1', 'SO-1', notice('N-9'))
  await lanes.run()
  expect(outcomes()).toEqual(['N-0', 'N-9'])
  expect(lanes.deadLetters().map(({ code }) => code)).toEqual(['INVALID', 'UNDECODABLE'])
})

test('when what a batch led to could not be written, its records are read again and not handled again', async () => {
  const called: number[] = []
  const service = {
    service: 'notifier',
    inputs: ['notices.requested.v1'],
    outputs: ['notices.outcomes.v1'],
    deadLetters: 'notifier.dlq.v1',
    handle: async ({ offset }: LaneRecord) => {
      called.push(offset)
      return sent(`N-${offset}`)
    },
  } as AnyLaneService
  const ahead = new Ahead(4)
  const handle = (...values: string[]) => {
    const records = values.map((value, offset) => {
      const raw = {
        topic: 'notices.requested.v1',
        partition: 0,
        offset,
        timestamp: 0,
        key: Buffer.from('SO-1'),
      } as const
      return laneRecord({ ...raw, value: Buffer.from(value) }, localCodec)
    })
    const context = {
      ...{ service, partition: 0, partitions: () => 1, state: new LaneState(), codec: localCodec, ahead },
      ...{ patience: new Patience(), now: 0, steadyNow: 0 },
    }
    return handleBatch({ ...context, service: { ...service, takesAll: true } }, records)
  }
  const first = await handle('a', 'b')
  expect(await handle('a', 'b', 'c')).toMatchObject({ handled: 3 })
  expect(called).toEqual([0, 1, 2])
  expect((await handle('a', 'b')).publish).toEqual(first.publish)
  expect(ahead.owes).toBe(false)
  await handle('other', 'b')
  expect(called).toEqual([0, 1, 2, 0])
  ahead.forget([{ topic: 'notices.requested.v1', offset: 1 }])
  await handle('other', 'b')
  expect(called).toEqual([0, 1, 2, 0, 1])
  ahead.forgetBefore(new Map([['notices.requested.v1', 1]]))
  await handle('other', 'b')
  expect(called).toEqual([0, 1, 2, 0, 1, 0])
})
