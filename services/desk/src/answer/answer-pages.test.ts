import { signAnswerLink } from '@holdpoint/answer-links'
import type { Command } from '@holdpoint/schemas'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import type { Database } from '../database/port.ts'
import { type ApiWorld, answerKeys, apiWorld } from '../testing/api-world.ts'
import { openWithinMs, sharedPglite } from '../testing/databases.ts'
import {
  asked,
  byOrder,
  caseEvent,
  clock,
  closed,
  opened,
  policyRecord,
  revision,
  t0,
} from '../testing/messages.ts'
import { answerWords } from './words.ts'

let database: Database
let world: ApiWorld

const policy = `title: Odd orders
order-owner: order-manager
stages: [invoicing, shipping]
company: { name: Harbour Gifts }
roles: { finance: { backup: order-manager }, order-manager: { backup: finance } }
exceptions:
  odd:
    name: Odd
    kind: approval
    rule: Odd.
    when: lines.total > 5
    owner: finance
    answer-within: 1 hour
    holds: [invoicing]
    customer: odd
messages: { odd: { en: { subject: Odd, about: Odd. } } }
`

beforeAll(async () => {
  database = await sharedPglite()
}, openWithinMs)
beforeEach(async () => {
  world = await apiWorld(database)
  await world.bring('policy.versions.v1', [policyRecord(policy)])
  await world.bring('orders.revisions.v1', byOrder([revision('A')]))
  await world.bring(
    'cases.events.v1',
    byOrder([opened('A', 1, { mayCorrect: ['shipping.*'] }), asked('A', 2)]),
  )
})
afterEach(() => world.close())
afterAll(() => database.close())

const link = { orderId: 'A', caseId: 'C-A', questionId: 'N-1', until: t0 + 86_400_000, language: 'en' }
const addressOf = (own: Partial<typeof link> = {}, key = answerKeys.privateKey) =>
  `${world.url}/answer/${signAnswerLink({ ...link, ...own }, key)}`

async function open(address: string, form?: Record<string, string>) {
  const response = await fetch(address, form ? { method: 'POST', body: new URLSearchParams(form) } : {})
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const commands = (): Command[] =>
  world.published.sent
    .filter(({ topic }) => topic === 'desk.commands.v1')
    .map(({ value }) => value as Command)
const takes = () =>
  world.router(({ commandId, actor }) => [
    caseEvent('A', 3, {
      ...{
        type: 'ANSWERED',
        commandId,
        actor,
        clock: clock(t0 + 1),
        question: asked('A', 2).question,
        proposal: null,
      },
    }),
  ])

describe('the page of a question', () => {
  it('shows what is asked, what the order says, and until when', async () => {
    const { status, text, headers } = await open(addressOf())
    expect(status).toBe(200)
    expect(text).toContain('Which colour?')
    expect(text).toContain('name="shipping.city" value="Whitby"')
    expect(text).toMatch(/Please answer by .* 2026/)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  it.each(['en', 'de', 'fr'])('speaks %s', async (language) => {
    const { text } = await open(addressOf({ language }))
    expect(text).toContain(`<html lang="${language}">`)
    expect(text).toContain(answerWords.get(language)?.send)
  })

  it('changes nothing when it is opened, however often, as mail scanners do', async () => {
    await Promise.all(Array.from({ length: 5 }, () => open(addressOf())))
    await fetch(addressOf(), { method: 'HEAD' })
    expect(commands()).toEqual([])
  })
})

describe('an answer', () => {
  it('is a command of the customer, with the fields that they changed', async () => {
    takes()
    const { status, text } = await open(addressOf(), {
      answer: 'Blue.',
      'shipping.city': 'Leeds',
      'shipping.street': '1 Quay Street',
    })
    expect(status).toBe(200)
    expect(text).toContain('Thank you, we have your answer.')
    expect(commands()).toMatchObject([
      {
        ...{
          action: 'ANSWER',
          caseId: 'C-A',
          orderId: 'A',
          commandId: 'answer-N-1',
          reason: 'Blue.',
          channel: 'link',
        },
        actor: { subject: 'customer:A', roles: [] },
      },
    ])
    expect(commands()[0]?.corrections).toContainEqual({
      path: 'shipping.city',
      expected: 'Whitby',
      value: 'Leeds',
    })
  })

  it('is sent once, also when the form is sent twice', async () => {
    takes()
    await open(addressOf(), { answer: 'Blue.' })
    const again = await open(addressOf(), { answer: 'Red.' })
    expect(again).toMatchObject({ status: 410, text: expect.stringContaining('has been answered') })
    expect(commands()).toHaveLength(1)
  })

  it('is asked for again when nothing is written, with what was changed', async () => {
    const { status, text } = await open(addressOf(), { answer: ' ', 'shipping.city': 'Leeds' })
    expect(status).toBe(422)
    expect(text).toContain('Write your answer first.')
    expect(text).toContain('name="shipping.city" value="Leeds"')
    expect(commands()).toEqual([])
  })

  it('changes nothing but what the case lets people correct', async () => {
    takes()
    await open(addressOf(), {
      answer: 'Blue.',
      'billing.terms': 'NET90',
      'customer.id': 'K-1',
      __proto__: 'x',
    })
    expect(commands()[0]?.corrections).toEqual([])
  })

  it('stands on the page as it was written, and as no markup', async () => {
    const { text } = await open(addressOf(), { answer: '', 'shipping.city': '"><script>alert(1)</script>' })
    expect(text).not.toContain('<script>')
    expect(text).toContain('&#60;script&#62;')
  })
})

describe('what goes wrong is told on a page, in the language of the letter', () => {
  const german = () => addressOf({ language: 'de' })

  it('when more is sent than a page takes', async () => {
    for (const form of [
      { answer: 'x'.repeat(70_000) },
      Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`f${i}`, 'x'])),
    ]) {
      const found = await open(german(), form as Record<string, string>)
      expect(found.status).toBe(413)
      expect(found.headers.get('content-type')).toContain('text/html')
      expect(found.text).toContain('Gehen Sie im Browser zurück')
    }
  })

  it('when the page is opened again and again', async () => {
    const all = await Promise.all(Array.from({ length: 61 }, () => open(german())))
    const refused = all.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]?.text).toContain('Warten Sie eine Minute')
    expect(refused[0]?.headers.get('cache-control')).toBe('no-store')
  })
})

describe('a link that asks nothing any more', () => {
  test.each<[string, () => string, number, string]>([
    ['altered', () => addressOf().replace(/.{4}$/, 'AAAA'), 404, 'does not lead to a question'],
    ['cut', () => addressOf().slice(0, -20), 404, 'does not lead to a question'],
    ['no token', () => `${world.url}/answer/hello`, 404, 'does not lead to a question'],
    ['expired', () => addressOf({ until: t0 - 1 }), 410, 'time to answer here is over'],
    ['of another question', () => addressOf({ questionId: 'N-0' }), 410, 'not open any more'],
    ['of another order', () => addressOf({ orderId: 'B' }), 410, 'not open any more'],
    ['of no case', () => addressOf({ caseId: 'C-Z' }), 410, 'not open any more'],
  ])('%s', async (_, address, status, says) => {
    const found = await open(address())
    expect(found).toMatchObject({ status, text: expect.stringContaining(says) })
    expect(await open(address(), { answer: 'Blue.' })).toMatchObject({ status })
    expect(commands()).toEqual([])
  })

  it('of a case that is closed meanwhile', async () => {
    await world.bring('cases.events.v1', byOrder([closed('A', 3)]))
    expect(await open(addressOf())).toMatchObject({ status: 410 })
  })
})
