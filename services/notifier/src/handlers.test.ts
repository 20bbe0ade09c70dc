import { memoryLanes } from '@holdpoint/chassis/testing'
import { expect, test } from 'vitest'
import type { Mail } from './channels/email/mail.ts'
import type { Delivered, Delivery } from './channels/port.ts'
import { notifier } from './handlers.ts'
import { sampleNotice } from './testing/sample-notice.ts'

const from = { name: 'Holdpoint', address: 'orders@wholesaler.example' }

/** The notifier on lanes in memory; its mails are kept and answered with `delivered`. */
function notifierWith(delivered: Delivered = { sent: true, detail: '250 OK' }) {
  const mails: Mail[] = []
  const delivery: Delivery = {
    deliver: async (mail) => {
      mails.push(mail)
      return delivered
    },
    stop: () => {},
  }
  const lanes = memoryLanes(notifier(delivery, from))
  const ask = async (change: Parameters<typeof sampleNotice>[0] = {}, key = 'SO-1041') => {
    lanes.put('notices.requested.v1', key, sampleNotice(change))
    await lanes.run()
    return lanes.published('notices.outcomes.v1').map((one) => one.value)
  }
  return { mails, lanes, ask }
}

test('a notice that was sent has the outcome SENT with its Message-ID', async () => {
  const { ask, mails, lanes } = notifierWith()
  expect(await ask()).toEqual([
    {
      noticeId: 'N-7ZK2M4Q9XA',
      orderId: 'SO-1041',
      attempt: 1,
      status: 'SENT',
      permanent: false,
      messageId: '<N-7ZK2M4Q9XA.1@wholesaler.example>',
      detail: '250 OK',
      at: lanes.clock,
    },
  ])
  expect(mails).toHaveLength(1)
})

test('a failed attempt is an outcome and the next notice goes out', async () => {
  const { ask, mails } = notifierWith({ sent: false, permanent: false, detail: 'connect ECONNREFUSED' })
  await ask()
  const outcomes = await ask({ noticeId: 'N-2' })
  expect(outcomes).toMatchObject([
    { status: 'FAILED', permanent: false, detail: 'connect ECONNREFUSED' },
    { noticeId: 'N-2', status: 'FAILED' },
  ])
  expect(mails).toHaveLength(2)
})

test('a notice that can never be a mail fails for good and nothing is sent', async () => {
  const { ask, mails } = notifierWith()
  const outcomes = await ask({ body: '{{ order.nmae }}' })
  expect(outcomes).toMatchObject([
    { status: 'FAILED', permanent: true, detail: expect.stringContaining('nmae') },
  ])
  expect(mails).toEqual([])
})

test.each(['../../etc/passwd', '', 'a b', 'x'.repeat(101)])('a noticeId %j is refused', async (noticeId) => {
  const { ask, mails, lanes } = notifierWith()
  expect(await ask({ noticeId })).toEqual([])
  expect(lanes.deadLetters()).toMatchObject([{ code: 'INVALID', problems: [{ path: 'noticeId' }] }])
  expect(mails).toEqual([])
})

test('a key that is not the orderId is refused', async () => {
  const { ask, lanes } = notifierWith()
  expect(await ask({}, 'SO-9')).toEqual([])
  expect(lanes.deadLetters()).toMatchObject([{ code: 'INVALID', problems: [{ path: 'key' }] }])
})
