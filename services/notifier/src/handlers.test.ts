import { memoryLanes } from '@holdpoint/chassis/testing'
import { expect, test } from 'vitest'
import type { Delivered, Sender } from './channels/port.ts'
import { notifier } from './handlers.ts'
import type { Message } from './message.ts'
import { sampleNotice, writtenNotice } from './testing/sample-notice.ts'

const links = { deskUrl: undefined, tokenOf: () => '' }

/** The notifier on lanes in memory; what it sends by any channel is kept and answered with `delivered`. */
function notifierWith(delivered: Delivered = { sent: true, detail: '250 OK' }) {
  const sent: { channel: string; message: Message }[] = []
  const senderOf = (channel: string): Sender => ({
    idOf: ({ noticeId, attempt }) => `${channel} ${noticeId}.${attempt}`,
    send: async (message) => {
      sent.push({ channel, message })
      return delivered
    },
    stop: () => {},
  })
  const senders = {
    EMAIL: senderOf('EMAIL'),
    CHAT: senderOf('CHAT'),
    WEBHOOK: senderOf('WEBHOOK'),
    DESK: senderOf('DESK'),
  }
  const lanes = memoryLanes(notifier(senders, links))
  const ask = async (change: Parameters<typeof sampleNotice>[0] = {}, key = 'SO-1041') => {
    lanes.put('notices.requested.v1', key, sampleNotice(change))
    await lanes.run()
    return lanes.published('notices.outcomes.v1').map((one) => one.value)
  }
  return { sent, lanes, ask }
}

test('a notice that was sent has the outcome SENT with its id', async () => {
  const { ask, sent, lanes } = notifierWith()
  expect(await ask()).toEqual([
    {
      noticeId: 'N-7ZK2M4Q9XA',
      orderId: 'SO-1041',
      attempt: 1,
      status: 'SENT',
      permanent: false,
      messageId: 'EMAIL N-7ZK2M4Q9XA.1',
      detail: '250 OK',
      at: lanes.clock,
    },
  ])
  expect(sent).toHaveLength(1)
})

test('a failed attempt is an outcome and the next notice goes out', async () => {
  const { ask, sent } = notifierWith({ sent: false, permanent: false, detail: 'connect ECONNREFUSED' })
  await ask()
  const outcomes = await ask({ noticeId: 'N-2' })
  expect(outcomes).toMatchObject([
    { status: 'FAILED', permanent: false, detail: 'connect ECONNREFUSED' },
    { noticeId: 'N-2', status: 'FAILED' },
  ])
  expect(sent).toHaveLength(2)
})

test('a notice that can never be a mail fails for good and nothing is sent', async () => {
  const { ask, sent } = notifierWith()
  const outcomes = await ask({ body: '{{ order.nmae }}' })
  expect(outcomes).toMatchObject([
    { status: 'FAILED', permanent: true, detail: expect.stringContaining('nmae') },
  ])
  expect(sent).toEqual([])
})

test.each(['../../etc/passwd', '', 'a b', 'x'.repeat(101)])('a noticeId %j is refused', async (noticeId) => {
  const { ask, sent, lanes } = notifierWith()
  expect(await ask({ noticeId })).toEqual([])
  expect(lanes.deadLetters()).toMatchObject([{ code: 'INVALID', problems: [{ path: 'noticeId' }] }])
  expect(sent).toEqual([])
})

test('a key that is not the orderId is refused', async () => {
  const { ask, lanes } = notifierWith()
  expect(await ask({}, 'SO-9')).toEqual([])
  expect(lanes.deadLetters()).toMatchObject([{ code: 'INVALID', problems: [{ path: 'key' }] }])
})

test.each(['EMAIL', 'CHAT', 'WEBHOOK', 'DESK'] as const)('%s is sent by its own sender', async (channel) => {
  const { ask, sent } = notifierWith()
  expect(await ask({ ...writtenNotice(), channel })).toMatchObject([
    { status: 'SENT', messageId: `${channel} N-7ZK2M4Q9XA.1` },
  ])
  expect(sent).toMatchObject([{ channel, message: { subject: 'A question about your order SO-1041' } }])
})

test('a channel of a newer version is a failure that no repeat helps', async () => {
  const { ask, sent } = notifierWith()
  expect(await ask({ channel: 'UNKNOWN' })).toMatchObject([
    { status: 'FAILED', permanent: true, detail: expect.stringContaining('channel') },
  ])
  expect(sent).toEqual([])
})
