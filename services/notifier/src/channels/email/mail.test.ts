import type { NoticeRequest } from '@holdpoint/schemas'
import { expect, test } from 'vitest'
import { messageOf } from '../../message.ts'
import { sampleNotice } from '../../testing/sample-notice.ts'
import { mailOf, parseAddress } from './mail.ts'

function messageFrom(change: Partial<NoticeRequest> = {}) {
  const composed = messageOf(sampleNotice(change), { deskUrl: undefined, tokenOf: () => '' })
  if ('problem' in composed) throw new Error(composed.problem)
  return composed.message
}

const seal = () => 'seal'
const from = { name: 'Holdpoint', address: 'orders@wholesaler.example' }

test('the same notice and attempt give the same mail, another attempt another Message-ID', () => {
  const first = mailOf(messageFrom(), from, seal)
  expect(mailOf(messageFrom(), from, seal)).toEqual(first)
  expect(first).toMatchObject({ mail: { messageId: '<N-7ZK2M4Q9XA.1@wholesaler.example>' } })
  expect(mailOf(messageFrom({ attempt: 2 }), from, seal)).toMatchObject({
    mail: { messageId: '<N-7ZK2M4Q9XA.2@wholesaler.example>' },
  })
})

test.each([
  '',
  'nobody',
  'a@b, c@d',
  'a@b\r\nBcc: everyone@example.com',
  'Mara <mara@example.com>',
  'a b@example.com',
  '@example.com',
  `${'a'.repeat(250)}@example.com`,
])('%j is no address that a mail can go to', (to) => {
  expect(mailOf(messageFrom({ to }), from, seal)).toEqual({
    problem: expect.stringContaining('no e-mail address'),
  })
})

test('an international address is one', () => {
  expect(mailOf(messageFrom({ to: 'møller@blåbærgrød.example' }), from, seal)).toHaveProperty('mail')
})

test('mails of an order are one thread for the customer and another for the staff', () => {
  const threadOf = (change: Parameters<typeof messageFrom>[0]) => {
    const composed = mailOf(messageFrom(change), from, seal)
    return 'mail' in composed ? composed.mail.thread : ''
  }
  const first = threadOf({})
  expect(first).toMatch(/^<order-[0-9a-f]{24}\.customer@wholesaler\.example>$/)
  expect(threadOf({ noticeId: 'N-2', attempt: 3, subject: 'x' })).toBe(first)
  expect(threadOf({ recipient: 'STAFF' })).toBe(first.replace('customer', 'staff'))
  expect(threadOf({ orderId: 'SO-1042' })).not.toBe(first)
})

test('the company is the sender, and answers go to where it says', () => {
  const change = { fromName: 'Tarn & Fell', replyTo: 'orders@tarn-fell.example' }
  expect(mailOf(messageFrom(change), from, seal)).toMatchObject({
    mail: {
      from: { name: 'Tarn & Fell', address: 'orders@wholesaler.example' },
      replyTo: { name: 'Tarn & Fell', address: 'orders@tarn-fell.example' },
    },
  })
  expect(mailOf(messageFrom({ replyTo: 'x@y, z@y' }), from, seal)).toMatchObject({
    mail: { from, replyTo: undefined },
  })
})

test('names that ASCII does not have become a domain that it has, where mail programs compare them', () => {
  const composed = mailOf(messageFrom(), { name: 'Møller', address: 'ordre@blåbærgrød.example' }, seal)
  expect(composed).toMatchObject({
    mail: {
      messageId: '<N-7ZK2M4Q9XA.1@xn--blbrgrd-fxak7p.example>',
      listId: { address: 'orders.xn--blbrgrd-fxak7p.example' },
    },
  })
})

test('a sender is read with and without a name', () => {
  expect(parseAddress('"Orders, Holdpoint" <orders@example.com>')).toEqual({
    name: 'Orders, Holdpoint',
    address: 'orders@example.com',
  })
  expect(parseAddress('orders@example.com')).toEqual({ name: '', address: 'orders@example.com' })
  expect(parseAddress('orders at example')).toBeUndefined()
})
