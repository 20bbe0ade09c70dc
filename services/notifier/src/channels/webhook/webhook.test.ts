import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { messageOf } from '../../message.ts'
import { createCalls } from '../../targets/calls.ts'
import type { Target } from '../../targets/targets.ts'
import { writtenNotice } from '../../testing/sample-notice.ts'
import { webhookSender } from './webhook.ts'

const [newKey, oldKey] = [Buffer.alloc(32, 1), Buffer.alloc(24, 2)]
const target: Target = {
  name: 'erp',
  kind: 'webhook',
  url: new URL('https://erp.example/in'),
  secrets: [newKey, oldKey],
  isPrivate: false,
}

function messageFrom(change: Parameters<typeof writtenNotice>[0] = {}) {
  const links = { deskUrl: 'https://desk.example', tokenOf: () => 'a1.t.s' }
  const composed = messageOf(writtenNotice({ channel: 'WEBHOOK', to: 'erp', ...change }), links)
  if ('problem' in composed) throw new Error(composed.problem)
  return composed.message
}

/** What the target gets for a message. */
async function sent(message = messageFrom()) {
  const got: { body: string; headers: Record<string, string> }[] = []
  const clock = { now: () => Date.now(), steady: () => 0 }
  const call = createCalls(
    new Map([['erp', target]]),
    async (_target, body, headers) => {
      got.push({ body, headers })
      return { kind: 'answered', status: 200, retryAfter: '', text: '' }
    },
    clock,
  )
  const sender = webhookSender(call, clock.now)
  expect(await sender.send(message)).toMatchObject({ sent: true })
  const [only] = got
  if (!only) throw new Error('nothing was posted')
  return { ...only, id: sender.idOf(message) }
}

test('receivers that know the new or the old secret verify it by the standard library', async () => {
  const { body, headers } = await sent()
  for (const key of [newKey, oldKey]) {
    const verified = new Webhook(key.toString('base64')).verify(body, headers)
    expect(verified).toMatchObject({ type: 'notice', data: { noticeId: 'N-7ZK2M4Q9XA' } })
  }
  expect(() => new Webhook(Buffer.alloc(32, 3).toString('base64')).verify(body, headers)).toThrow()
  expect(() => new Webhook(newKey.toString('base64')).verify(`${body} `, headers)).toThrow()
})

test('each attempt of a notice has the same id and the same body, so that the receiver takes one', async () => {
  const first = await sent()
  const second = await sent(messageFrom({ attempt: 2 }))
  expect(first.headers['webhook-id']).toBe('N-7ZK2M4Q9XA')
  expect(first.id).toBe('N-7ZK2M4Q9XA')
  expect(second.headers['webhook-id']).toBe(first.headers['webhook-id'])
  expect(second.body).toBe(first.body)
})

test('the body says what is said and about what', async () => {
  const { body, headers } = await sent()
  expect(headers['content-type']).toBe('application/json')
  expect(JSON.parse(body)).toEqual({
    type: 'notice',
    timestamp: '2026-03-02T15:30:00.000Z',
    data: {
      noticeId: 'N-7ZK2M4Q9XA',
      orderId: 'SO-1041',
      caseIds: ['C-3F8T5W2N6B'],
      recipient: 'CUSTOMER',
      occasion: 'held',
      language: 'en',
      subject: 'A question about your order SO-1041',
      text: expect.stringContaining('Total: £542.52'),
      parts: expect.arrayContaining([{ kind: 'fact', label: 'Order', value: 'SO-1041' }]),
    },
  })
})
