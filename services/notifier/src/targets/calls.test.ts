import { expect, test } from 'vitest'
import { createCalls } from './calls.ts'
import type { Answer } from './post.ts'
import type { Target, Targets } from './targets.ts'

const target: Target = {
  name: 'erp',
  kind: 'webhook',
  url: new URL('https://erp.example/in/t0ken?key=s3cret'),
  secrets: [Buffer.alloc(32, 7)],
  isPrivate: false,
}
const targets: Targets = new Map([['erp', target]])
const answered = (status: number, text = '', retryAfter = ''): Answer => ({
  kind: 'answered',
  status,
  text,
  retryAfter,
})

/** Calls of a target that gives this answer, and how often it was called. */
function callsTo(answer: () => Answer) {
  const clock = { time: 0, now: () => Date.UTC(2026, 2, 2), steady: () => clock.time }
  let posted = 0
  const post = async () => {
    posted++
    return answer()
  }
  const call = createCalls(targets, post, clock)
  const send = () => call('erp', ['webhook'], () => ({ body: '{}', headers: {} }))
  return { call, send, clock, posted: () => posted }
}

test.each([200, 201, 202, 204])('%i is sent', async (status) => {
  expect(await callsTo(() => answered(status)).send()).toMatchObject({ sent: true })
})

test.each([400, 401, 403, 404, 405, 410, 413, 422, 301, 302, 307, 308])('%i is final', async (status) => {
  expect(await callsTo(() => answered(status)).send()).toMatchObject({ sent: false, permanent: true })
})

test.each([408, 425, 429, 500, 502, 503, 504])('%i may be repeated', async (status) => {
  expect(await callsTo(() => answered(status)).send()).toMatchObject({ sent: false, permanent: false })
})

test('a target that asks for patience is left alone so long', async () => {
  let answer = answered(429, 'slow down', '30')
  const { send, clock, posted } = callsTo(() => answer)
  const first = await send()
  expect(first.detail).toBe('erp answered 429: slow down. It asks for 30 s of patience.')
  answer = answered(200)
  clock.time = 29_999
  expect(await send()).toEqual(first)
  expect(posted()).toBe(1)
  clock.time = 30_000
  expect(await send()).toMatchObject({ sent: true })
})

test('patience may be asked for until a date, and has an end', async () => {
  const { send } = callsTo(() => answered(503, '', 'Mon, 02 Mar 2026 00:02:00 GMT'))
  expect((await send()).detail).toContain('120 s')
  const endless = callsTo(() => answered(429, '', '999999999'))
  await endless.send()
  endless.clock.time = 600_001
  await endless.send()
  expect(endless.posted()).toBe(2)
})

test('a target that does not answer holds up one message, and the next ones fail at once', async () => {
  const { send, clock, posted } = callsTo(() => ({ kind: 'silent' }))
  await send()
  expect(await send()).toEqual({ sent: false, permanent: false, detail: 'erp did not answer in time.' })
  expect(posted()).toBe(1)
  clock.time += 5_000
  await send()
  expect(posted()).toBe(2)
})

test('what a target says back holds no secret of ours', async () => {
  const echo = `no such hook: https://erp.example/in/t0ken?key=s3cret (${Buffer.alloc(32, 7).toString('base64')})`
  const { detail } = await callsTo(() => answered(404, echo)).send()
  expect(detail).toContain('no such hook')
  for (const secret of ['t0ken', 's3cret', 'erp.example', Buffer.alloc(32, 7).toString('base64')])
    expect(detail).not.toContain(secret)
})

test('a page that a target answers with is nothing to read', async () => {
  const { detail } = await callsTo(() => answered(500, '<!doctype html><p>Oh')).send()
  expect(detail).toBe('erp answered 500.')
})

test('a target that does not exist, or is of another kind, is refused by its name', async () => {
  const { call, posted } = callsTo(() => answered(200))
  const parcel = () => ({ body: '', headers: {} })
  expect(await call('nobody', ['webhook'], parcel)).toMatchObject({
    permanent: true,
    detail: expect.stringContaining('"nobody"'),
  })
  expect(await call('erp', ['slack', 'teams'], parcel)).toMatchObject({
    permanent: true,
    detail: 'erp is of kind webhook, not slack or teams.',
  })
  expect(posted()).toBe(0)
})
