import { expect, test } from 'vitest'
import { sampleNotice } from '../../testing/sample-notice.ts'
import { mailOf, parseAddress } from './mail.ts'

const from = { name: 'Holdpoint', address: 'orders@wholesaler.example' }

test('the same notice and attempt give the same mail, another attempt another Message-ID', () => {
  const first = mailOf(sampleNotice(), from)
  expect(mailOf(sampleNotice(), from)).toEqual(first)
  expect(first).toMatchObject({ mail: { messageId: '<N-7ZK2M4Q9XA.1@wholesaler.example>' } })
  expect(mailOf(sampleNotice({ attempt: 2 }), from)).toMatchObject({
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
  expect(mailOf(sampleNotice({ to }), from)).toEqual({
    problem: expect.stringContaining('no e-mail address'),
  })
})

test('an international address is one', () => {
  expect(mailOf(sampleNotice({ to: 'møller@blåbærgrød.example' }), from)).toHaveProperty('mail')
})

test('a channel of a newer version is a problem', () => {
  expect(mailOf(sampleNotice({ channel: 'UNKNOWN' }), from)).toEqual({
    problem: expect.stringContaining('channel'),
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
