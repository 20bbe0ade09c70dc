import { expect, test } from 'vitest'
import type { Message } from '../message.ts'
import { limited } from './limited.ts'

function sixAMinute() {
  const clock = { now: 0 }
  const sender = { idOf: () => '', send: async () => ({ sent: true as const, detail: '' }), stop: () => {} }
  const { send } = limited(sender, 6, () => clock.now)
  return { clock, send: async (to: string) => (await send({ to } as Message)).sent }
}

test('an address is sent so many messages, then none until its bucket fills again', async () => {
  const { clock, send } = sixAMinute()
  for (let i = 0; i < 6; i++) expect(await send('a@example.com')).toBe(true)
  expect(await send('A@example.com')).toBe(false)
  expect(await send('b@example.com')).toBe(true)
  clock.now += 9_999
  expect(await send('a@example.com')).toBe(false)
  clock.now += 1
  expect(await send('a@example.com')).toBe(true)
  expect(await send('a@example.com')).toBe(false)
  clock.now += 600_000
  for (let i = 0; i < 6; i++) expect(await send('a@example.com')).toBe(true)
  expect(await send('a@example.com')).toBe(false)
})

test('what was held back is no permanent failure and says why', async () => {
  const sender = { idOf: () => '', send: async () => ({ sent: true as const, detail: '' }), stop: () => {} }
  const { send } = limited(sender, 1, () => 0)
  await send({ to: 'a' } as Message)
  expect(await send({ to: 'a' } as Message)).toEqual({
    sent: false,
    permanent: false,
    detail: expect.stringContaining('1 messages within a minute'),
  })
})
