import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TrailView } from '@holdpoint/desk-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../harness/index.ts'
import { Company, newOrderId, storyEvent } from './company.ts'

let company: Company
beforeAll(async () => {
  company = await Company.open()
})
afterAll(() => company?.close())

test('sales asks for other terms while support corrects the address: the order goes on when both are settled and cleared', async () => {
  const orderId = newOrderId()
  const [sam, fiona, sally, olga] = await Promise.all(
    ['sam', 'fiona', 'sally', 'olga'].map((subject) => company.as(subject)),
  )
  if (!sam || !fiona || !sally || !olga) throw new Error('Somebody is missing.')

  // The goods would go to another country than the one that pays: support has to look, billing may go on.
  expect(await company.send(orderId, storyEvent('1-place.json'))).toBe(202)
  await company.decided(orderId, { invoicing: 'PROCEED', shipping: 'HOLD' })

  // Sales asks for other terms, so the invoice is called back until finance has decided.
  expect(await company.send(orderId, storyEvent('2-ask-terms.json'))).toBe(202)
  const asked = await company.decided(orderId, { invoicing: 'HOLD', shipping: 'HOLD' })
  expect(asked.verdicts).toMatchObject([{ stage: 'invoicing', recall: true }, { stage: 'shipping' }])

  // Finance opens the case and starts to think.
  const terms = await fiona.openCase(orderId, 'billing-terms')
  const { digest: seenByFiona } = (await fiona.show(terms.caseId)).case
  expect(terms.owner).toBe('finance')

  // Meanwhile support corrects the address.
  const address = await sam.openCase(orderId, 'address-country')
  const corrected = await sam.act(address.caseId, 'correct', {
    reason: 'The customer has one shop, in Boston, Lincolnshire.',
    corrections: [
      { path: 'shipping.country', expected: 'US', value: 'GB' },
      { path: 'shipping.region', expected: 'MA', value: 'Lincolnshire' },
    ],
  })
  expect(corrected).toMatchObject({ status: 200, body: { case: { status: 'CLOSED', outcome: 'CORRECTED' } } })
  await company.revised(orderId, 3, { invoicing: 'HOLD', shipping: 'HOLD' })

  // What finance looked at is out of date, and nobody decides for finance.
  expect(await fiona.act(terms.caseId, 'approve', { digest: seenByFiona })).toMatchObject({
    status: 409,
    code: 'STALE_VIEW',
  })
  expect(await sally.act(terms.caseId, 'approve')).toMatchObject({ status: 409, code: 'REVIEWER_ONLY' })
  expect(await sam.act(terms.caseId, 'approve')).toMatchObject({ status: 409, code: 'NOT_OWNER' })

  // Finance looks again and approves.
  const approved = await fiona.act(terms.caseId, 'approve', { reason: 'They have always paid on time.' })
  expect(approved).toMatchObject({ status: 200, body: { case: { outcome: 'APPROVED' } } })
  await company.revised(orderId, 4, { invoicing: 'HOLD', shipping: 'HOLD' })

  // Both have held the order, so the order owner looks at it as a whole, once, and releases it.
  const clearance = await olga.openCase(orderId, 'clearance')
  expect(await fiona.act(clearance.caseId, 'clear')).toMatchObject({ status: 409, code: 'NOT_OWNER' })
  const cleared = await olga.act(clearance.caseId, 'clear', { reason: 'Both are as they should be.' })
  expect(cleared).toMatchObject({ status: 200, body: { case: { outcome: 'CLEARED' } } })
  const last = await company.decided(orderId, { invoicing: 'PROCEED', shipping: 'PROCEED' })

  // Billing got the new terms, the warehouse the new address, both in one gapless sequence.
  expect(last.terms).toBe('NET60')
  expect(last.order.billing.terms).toBe('NET60')
  expect(last.order.shipping).toMatchObject({ country: 'GB', region: 'Lincolnshire' })
  const decisions = company.decisions(orderId)
  expect(decisions.map(({ sequence }) => sequence)).toEqual(decisions.map((_, i) => i + 1))
  for (const { order, verdicts } of decisions) {
    const stages = Object.fromEntries(verdicts.map(({ stage, verdict }) => [stage, verdict]))
    if (stages.shipping === 'PROCEED') expect(order.shipping.country).toBe('GB')
    if (stages.invoicing === 'PROCEED' && decisions[0]?.order !== order)
      expect(order.billing.terms).toBe('NET60')
  }

  // The trail says who changed what and why.
  const revisions = await company.values('orders.revisions.v1', orderId, 4)
  expect(revisions.flatMap(({ changes }) => changes)).toMatchObject([
    { path: 'shipping.region', to: 'Lincolnshire', by: 'sam', why: expect.stringContaining('one shop') },
    { path: 'shipping.country', from: 'US', to: 'GB', by: 'sam' },
    { path: 'billing.terms', from: 'NET30', to: 'NET60', by: 'fiona', why: 'They have always paid on time.' },
  ])
  await trailTells(orderId)
})

/** The five things that anybody may want to know of an order afterwards, each a sentence of its trail. */
async function trailTells(orderId: string): Promise<void> {
  const path = `${company.services.deskUrl}/api/v1/orders/${orderId}/trail`
  const { steps, stops } = await until('the desk knows the last decision', async () => {
    const view = (await (await fetch(path)).json()) as TrailView
    const released = view.steps.some(({ kind, who }) => kind === 'decided' && who === 'Olga Petrova')
    return released ? view : undefined
  })
  const story = steps.map(({ text, details }) => [text, ...details].join(' ')).join('\n')

  // What came in, and what triggered it.
  expect(story).toMatch(/webshop placed the order of Stump Street Gifts/)
  expect(story).toMatch(/“Shipping country differs from payment country” was opened for support.* Why: “.+”/)
  expect(story).toMatch(/The values: .*shipping country was US/)
  expect(story).toMatch(/asks: “They open a second shop in April and ask for 60 days this once.”/)

  // Who was told, who was refused, who changed what from what to what and why.
  expect(story).toMatch(/The customer Stump Street Gifts was written to by e-mail \(.+\): .+\. It was sent\./)
  expect(story).toMatch(/Fiona Walsh wanted to approve .* and was refused \(STALE_VIEW\)/)
  expect(story).toMatch(
    /Sam Okafor .*shipping country from US to GB and shipping region from MA to Lincolnshire .*because “The customer has one shop/,
  )
  expect(story).toMatch(
    /Fiona Walsh approved “Billing terms outside the contract” and so changed billing terms from NET30 to NET60, because “They have always paid on time\.”/,
  )

  // Who approved the next step, when, by which policy, and where it is written.
  const released = steps.find(({ kind, who }) => kind === 'decided' && who === 'Olga Petrova')
  expect(released).toMatchObject({
    text: expect.stringMatching(
      /invoicing may go on and shipping may go on\..*Olga Petrova did, because “Both are/,
    ),
    policyVersion: expect.any(Number),
    records: [{ topic: 'orders.decisions.v1', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
  })
  expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted())

  // Where it stopped, and whose time that was.
  expect(stops).toMatchObject([
    { stage: 'shipping', to: released?.at },
    { stage: 'invoicing', to: released?.at },
  ])
  for (const { ms, shares } of stops) expect(shares.reduce((sum, share) => sum + share.ms, 0)).toBe(ms)
}

test('the customer is written to about each occasion, in plain words', async () => {
  const orderId = newOrderId()
  await company.send(orderId, storyEvent('1-place.json'))
  const mail = await until(
    'a mail',
    () => mailsAbout(orderId, 'Stump Street Gifts <orders@stumpstreet.example>')[0],
  )
  expect(mail).toMatch(/Where shall we send your order/)
  const toStaff = await until('a mail to who has it', () => mailsAbout(orderId, '@harbour-gifts.example')[0])
  expect(toStaff).toMatch(/is\s+yours until/)
  const events = await company.values('cases.events.v1', orderId, 3)
  expect(events.map(({ type }) => type)).toEqual(['OPENED', 'NOTICE_REQUESTED', 'NOTICE_SENT'])
})

test('an order that no rule matches proceeds at once, for every stage', async () => {
  const orderId = newOrderId()
  const event = storyEvent('1-place.json') as { order: { shipping: { country: string } } }
  event.order.shipping.country = 'GB'
  await company.send(orderId, event)
  const decision = await company.decided(orderId, { invoicing: 'PROCEED', shipping: 'PROCEED' })
  expect(decision).toMatchObject({ sequence: 1, cases: [] })
  expect(company.seen('cases.events.v1', orderId)).toEqual([])
})

function mailsAbout(orderId: string, to: string): string[] {
  const folder = company.services.mailDir
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter(
      (mail) =>
        mail.includes(orderId) &&
        mail.split('\n').some((line) => line.startsWith('To: ') && line.includes(to)),
    )
}
