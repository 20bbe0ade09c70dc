/** A customer with a telephone in their hand answers a question by the link of their letter. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../harness/index.ts'
import { findChromium, inaccessible, openBrowser, picture } from './browser.ts'
import { Company, newOrderId, storyEvent } from './company.ts'

const executable = findChromium()
let company: Company
let browser: Browser | undefined

beforeAll(async () => {
  company = await Company.open()
  if (executable) browser = await openBrowser(executable)
})
afterAll(async () => {
  await browser?.close()
  await company?.close()
})

test.skipIf(!executable)('asked, answered on a telephone in German, and the case goes on', async () => {
  const orderId = newOrderId()
  const event = storyEvent('1-place.json') as { order: { customer: { language: string } } }
  event.order.customer.language = 'de'
  await company.send(orderId, event)
  const sam = await company.as('sam')
  const { caseId } = await sam.openCase(orderId, 'address-country')
  const question = 'Liegt Ihr Boston in Lincolnshire oder in Massachusetts?'
  expect(await sam.act(caseId, 'ask', { to: 'customer', reason: question })).toMatchObject({ status: 200 })

  const mail = await until('the mail with the question', async () => {
    const mails = await Promise.all(mailsOf(orderId).map((text) => PostalMime.parse(text)))
    return mails.find(({ subject }) => subject?.startsWith('Eine Frage'))
  })
  expect(mail.text).toContain(question)
  const address = /https?:\/\/\S+\/answer\/[\w.-]+/.exec(mail.text ?? '')?.[0] ?? ''
  expect(mail.html).toContain(address)

  const context = await (browser as Browser).newContext({
    viewport: { width: 390, height: 844 },
    locale: 'de-DE',
  })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text())
  })
  await page.goto(address)
  await page.goto(address)
  await picture(page, 'answer-question')
  expect(await inaccessible(page)).toEqual([])
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
    `Eine Frage zu Ihrer Bestellung ${orderId}`,
  )
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  await page.getByLabel('Ihre Antwort').fill('In Lincolnshire, wie immer.')
  await page.getByLabel('Land der Lieferung').fill('GB')
  await page.getByRole('button', { name: 'Antwort senden' }).click()
  await page.getByText('Vielen Dank, Ihre Antwort ist da.').waitFor()
  await picture(page, 'answer-thanks')
  expect(await inaccessible(page)).toEqual([])

  const { case: shown, events } = await sam.show(caseId)
  expect(shown.status).toBe('OPEN')
  expect(events.map(({ type }) => type)).toContain('ANSWERED')
  await page.goto(address)
  await page.getByText('Diese Frage ist beantwortet').waitFor()
  expect(troubles).toEqual([expect.stringContaining('410')])
  await context.close()

  // The answer is a proposal; with a yes it is in the order, and the customer hears how it ended.
  expect(await sam.act(caseId, 'approve', { reason: 'As they say.' })).toMatchObject({ status: 200 })
  await company.decided(orderId, { invoicing: 'PROCEED', shipping: 'PROCEED' })
  const last = await until('the mail at the end', async () => {
    const mails = await Promise.all(mailsOf(orderId).map((text) => PostalMime.parse(text)))
    return mails.find(({ subject }) => subject === `Ihre Bestellung ${orderId} geht weiter`)
  })
  expect(last.text).toContain('Land der Lieferung: Vereinigtes Königreich')
})

function mailsOf(orderId: string): string[] {
  const folder = company.services.mailDir
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter((mail) => mail.includes(orderId))
}
