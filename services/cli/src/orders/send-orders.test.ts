import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ProgramForTests } from '../testing/program.ts'

const story = join(import.meta.dirname, '..', '..', '..', '..', 'infra', 'samples', 'story')
const sample = JSON.parse(readFileSync(join(story, '1-place.json'), 'utf8'))
const placed = (own: object = {}) => ({ ...sample, occurredAt: '2026-03-02T08:00:00Z', ...own })

let program: ProgramForTests
beforeEach(async () => {
  program = await ProgramForTests.start()
})
afterEach(() => program.stop())

const send = (events: unknown, ...options: string[]) =>
  program.run('orders', 'send', program.write('events.json', JSON.stringify(events)), ...options)
const byHttp = () => ['--http', '--intake', program.url]

describe('what intake would refuse', () => {
  test.each([
    ['a control character', { orderId: 'SO\u0007-1' }, 'orderId holds U+0007, which cannot be seen'],
    ['an id that no address can hold', { orderId: '..' }, 'orderId is "..", which no address can hold'],
    ['blanks at the end of the eventId', { eventId: 'e-1 ' }, 'eventId has blanks at its ends'],
    ['a part that is missing', { order: null }, 'order is missing: an event of kind PLACED carries it.'],
    [
      'a day that there is not',
      {
        order: {
          ...sample.order,
          shipping: { ...sample.order.shipping, requestedDate: '2026-02-30' },
        },
      },
      'order.shipping.requestedDate is "2026-02-30", which is no day: there is no 30 February 2026',
    ],
  ])('%s is told before anything goes out, by either way in', async (_, own, says) => {
    for (const way of [[], byHttp(), ['--wait']]) {
      const { code, err } = await send([placed(), placed(own)], ...way)
      expect([code, err]).toEqual([1, expect.stringContaining(`event 2: ${says}`)])
      expect(err).toContain('nothing was sent')
    }
    expect(program.asked).toEqual([])
  })
})

describe('the HTTP door', () => {
  test('is sent an eventId that no header could hold', async () => {
    program.answers[`POST /v1/orders/${sample.orderId}/events`] = { status: 202, body: {} }
    const { code } = await send(placed({ eventId: 'Großbestellung-7€' }), ...byHttp())
    expect(code).toBe(0)
    expect(program.asked).toMatchObject([{ method: 'POST', body: { eventId: 'Großbestellung-7€' } }])
  })

  test('whose address answers as something else is told with what to do', async () => {
    program.answers[`POST /v1/orders/${sample.orderId}/events`] = { status: 404, body: 'nothing here' }
    const { code, err } = await send(placed(), ...byHttp())
    expect(code).toBe(1)
    expect(err).toContain(`${program.url} answered 404, and not as the HTTP door does.`)
    expect(err).toContain('--intake')
  })
})

test.each([
  [['orders', 'show', '..'], '".." is no id'],
  [['orders', 'show', '.'], '"." is no id'],
  [['orders', 'show', ''], '"" is no id'],
  [['cases', 'show', '..'], '".." is no id'],
  [['dlq', 'show', '..', '0', '1'], '".." is no id'],
])('%j is refused before it becomes another address', async (args, says) => {
  const { code, err } = await program.run(...args)
  expect([code, err, program.asked]).toEqual([2, expect.stringContaining(says), []])
})

test('no stopped order is told in its own words', async () => {
  program.answers['GET /cases'] = { body: { cases: [], next: null, total: 0 } }
  expect((await program.run('orders', 'stopped')).out).toBe(
    'No stopped order waits for anybody to say what now.\n',
  )
})
