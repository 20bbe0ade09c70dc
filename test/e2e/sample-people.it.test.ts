import { toJson } from '@holdpoint/schemas'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Desk } from '../../services/cli/src/desk/desk.ts'
import { loadFakers } from '../../services/cli/src/generate/customers.ts'
import { lifeOfOrder } from '../../services/cli/src/generate/life-of-order.ts'
import type { Pace } from '../../services/cli/src/people/pace.ts'
import { WorkingDay } from '../../services/cli/src/people/working-day.ts'
import { until } from '../harness/index.ts'
import { Company, newOrderId, storyEvent } from './company.ts'

/** As people decide, but a thousand times as fast. */
const pace: Pace = {
  untilTaken: [0, 100],
  thinking: [1, 20],
  untilAnswered: [0, 100],
  overlooked: [0, 100],
  overlookedShare: 0,
}
const orders = 40

let company: Company
beforeAll(async () => {
  company = await Company.open()
})
afterAll(() => company?.close())

interface Listed {
  caseId: string
  orderId: string
}

test('the sample people decide the cases of made-up orders, and leave those of everybody else', async () => {
  const [olga, fiona] = await Promise.all([company.as('olga'), company.as('fiona')])
  const open = async () => (await olga.get<{ cases: Listed[] }>('/cases?status=open&limit=500')).cases
  const own = newOrderId()
  await company.send(own, storyEvent('1-place.json'))
  const mine = await olga.openCase(own, 'address-country')
  const made = await sendMadeUp()
  const touched = await until('a case of finance', async () => {
    const { cases } = await fiona.get<{ cases: Listed[] }>('/cases?status=open&role=finance&limit=500')
    return cases.find(({ orderId }) => orderId.startsWith('H'))
  })
  expect((await fiona.act(touched.caseId, 'note', { reason: 'I do this one.' })).status).toBe(200)

  const log: string[] = []
  const end = new AbortController()
  const desk = new Desk(company.services.deskUrl)
  const people = new WorkingDay({
    desk,
    pace,
    lookEveryMs: 200,
    letter: 'H',
    now: Date.now,
    log: (line) => log.push(line),
  })
  const working = people.work(end.signal)
  await until('nothing is left but what is not theirs', async () => {
    const left = (await open()).filter(({ orderId }) => made.includes(orderId))
    return left.length > 0 && left.every(({ orderId }) => orderId === touched.orderId) ? true : undefined
  })
  end.abort()
  await working

  expect(await fiona.show(touched.caseId)).toMatchObject({ case: { status: 'OPEN' } })
  expect((await olga.show(mine.caseId)).events.map(({ type }) => type)).not.toContain('CLOSED')
  const decided = made.filter((orderId) => company.decisions(orderId).length > 1)
  expect(decided.length).toBeGreaterThan(5)
  for (const orderId of decided) {
    const events = company.seen('cases.events.v1', orderId).flatMap(({ value }) => value ?? [])
    for (const { type, reason, actor } of events)
      if (type === 'CLOSED') expect(`${actor.subject}: ${reason}`).toMatch(/^[a-z-]+: ../)
  }
  expect(log.filter((line) => /could not/.test(line))).toEqual([])
}, 180_000)

/** Sends the orders of a day whose data is not in order; gives their ids. */
async function sendMadeUp(): Promise<string[]> {
  const fakers = await loadFakers()
  const series = { seed: 3, day: Date.UTC(2026, 2, 2), mix: 'real', letter: 'H' } as const
  const lives = Array.from({ length: orders }, (_, index) => lifeOfOrder(fakers, series, index))
  for (const { orderId, first, later } of lives)
    for (const event of [first, ...later])
      await company.send(orderId, toJson('orders.inbound.v1', event) as Record<string, unknown>)
  return lives.map(({ orderId }) => orderId)
}
