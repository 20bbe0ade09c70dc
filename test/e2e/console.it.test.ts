import { buildConsole } from '@holdpoint/local'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findChromium, inaccessible, openBrowser, picture } from './browser.ts'
import { Company, newOrderId, storyEvent } from './company.ts'
import { ConsolePage, expectText } from './console-page.ts'

const executable = findChromium()

describe.skipIf(!executable)(
  `the console in Chromium${executable ? '' : ' (skipped: there is no Chromium)'}`,
  () => {
    let company: Company
    let browser: Browser
    let opened: ConsolePage
    let page: Page

    beforeAll(async () => {
      await buildConsole()
      company = await Company.open()
      browser = await openBrowser(executable ?? '')
    })
    afterAll(async () => {
      await browser?.close()
      await company?.close()
    })
    beforeEach(async () => {
      opened = await ConsolePage.open(company, browser)
      page = opened.page
    })
    afterEach(async () => {
      await opened.close()
      expect(opened.complaints).toEqual([])
    })

    test('the inbox shows what the desk knows; a correction there releases the order', async () => {
      const orderId = await opened.heldOrder()
      const sam = await company.as('sam')
      const { caseId } = await sam.openCase(orderId, 'address-country')
      await opened.openInbox(orderId)
      await opened.signIn('Sam')
      const row = page.locator(`[data-case="${caseId}"]`)
      await expectText(row, /Shipping country differs from payment country/)
      await expectText(row, new RegExp(orderId))
      await expectText(row, /Support/)
      expect(await inaccessible(page)).toEqual([])
      await picture(page, 'inbox')

      await row.getByRole('link').first().click()
      const card = page.locator(`#${caseId}`)
      await card.getByRole('button', { name: 'Correct' }).click()
      await card.getByRole('textbox', { name: 'Shipping country' }).fill('GB')
      await card.getByRole('textbox', { name: 'Shipping region' }).fill('Lincolnshire')
      await picture(page, 'order-correct')
      expect(await inaccessible(page)).toEqual([])
      await card.getByLabel(/^Reason/).fill('The customer has one shop, in Boston, Lincolnshire.')
      await card.getByRole('button', { name: 'Correct' }).click()

      await page.locator('[data-stage="shipping"][data-verdict="PROCEED"]').waitFor()
      await expectText(page.getByRole('main'), /Shipping country: US → GB/)
      expect(await page.getByText(/^Decision 1:/).count()).toBe(1)
      const decision = await company.decided(orderId, { invoicing: 'PROCEED', shipping: 'PROCEED' })
      expect(decision.order.shipping).toMatchObject({ country: 'GB', region: 'Lincolnshire' })
      expect(await inaccessible(page)).toEqual([])
      await picture(page, 'order-released')
    })

    test('an order that changes under an open form is shown again before anything is sent', async () => {
      const orderId = await opened.heldOrder()
      const { caseId } = await (await company.as('sam')).openCase(orderId, 'address-country')
      await opened.openOrder(orderId)
      await opened.signIn('Sam')
      const card = page.locator(`#${caseId}`)
      await card.getByRole('button', { name: 'Approve' }).click()
      await card.getByLabel(/^Reason/).fill('Their second shop.')
      const changed = storyEvent('1-place.json') as { order: Record<string, unknown> }
      await company.send(orderId, {
        ...changed,
        kind: 'CHANGED',
        order: { ...changed.order, salesperson: 'simon' },
      })
      await card.getByText('The order has changed while you were writing').waitFor()
      await expectText(card, /Salesperson: .* → simon/)
      expect(await card.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true)
      await picture(page, 'order-stale')

      await card.getByRole('button', { name: 'I have seen the change' }).click()
      expect(await card.getByLabel(/^Reason/).inputValue()).toBe('Their second shop.')
      await card.getByRole('button', { name: 'Approve' }).click()
      await page.locator('[data-stage="shipping"][data-verdict="PROCEED"]').waitFor()
    })

    test('who may not decide sees who may, and a new case comes by itself', async () => {
      const orderId = newOrderId()
      await opened.openInbox(orderId)
      await opened.signIn('Wanda')
      await opened.heldOrder(orderId)
      const { caseId } = await (await company.as('wanda')).openCase(orderId, 'address-country')
      await page.locator(`[data-case="${caseId}"]`).getByRole('link').first().click()
      const card = page.locator(`#${caseId}`)
      await expectText(card, /Support .*decides/)
      expect(await card.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    })

    test('the link of a message opens the case with its action chosen, and does nothing by itself', async () => {
      const orderId = await opened.heldOrder()
      const sam = await company.as('sam')
      const { caseId } = await sam.openCase(orderId, 'address-country')
      await page.goto(`${company.services.deskUrl}/orders/${orderId}?action=approve#${caseId}`)
      await opened.signIn('Sam')
      const form = page.getByRole('form', { name: 'Approve: Shipping country differs from payment country' })
      await form.getByLabel(/^Reason/).waitFor()
      expect(await inaccessible(page)).toEqual([])
      await form.getByRole('button', { name: 'Back' }).click()
      await page.locator(`#${caseId}`).getByRole('button', { name: 'Approve' }).waitFor()
      expect((await sam.show(caseId)).case.status).toBe('OPEN')
      await sam.act(caseId, 'stop', { reason: 'A double order.' })
      await page.goto(`${company.services.deskUrl}/orders/${orderId}?action=approve#${caseId}`)
      const note = page.locator(`#${caseId}`).getByRole('status')
      await expectText(note, /^Your link was to approve this case, .*: it was stopped by Sam/)
      expect(await inaccessible(page)).toEqual([])
    })

    test('a narrow screen needs no sideways scrolling', async () => {
      const orderId = await opened.heldOrder()
      await page.setViewportSize({ width: 360, height: 740 })
      await opened.openInbox()
      await page.locator('[data-case]').first().waitFor()
      expect(await opened.overflow()).toBeLessThanOrEqual(0)
      await picture(page, 'inbox-narrow')
      await opened.openOrder(orderId)
      await page.getByRole('article').first().waitFor()
      expect(await opened.overflow()).toBeLessThanOrEqual(0)
      await picture(page, 'order-narrow')
    })
  },
)
