import { buildConsole } from '@holdpoint/local'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../harness/index.ts'
import { findChromium, inaccessible, openBrowser, picture } from './browser.ts'
import { Company, storyEvent } from './company.ts'
import { ConsolePage, expectText } from './console-page.ts'

const executable = findChromium()
/** On a machine that is busy with other things everything takes several times as long. */
const withinMs = 240_000
const reason = 'Their second shop; they said so on the phone.'

describe.skipIf(!executable)(
  `what people have begun in the console${executable ? '' : ' (skipped: there is no Chromium)'}`,
  () => {
    let company: Company
    let browser: Browser
    let opened: ConsolePage
    let page: Page

    beforeAll(async () => {
      await buildConsole()
      company = await Company.open()
      browser = await openBrowser(executable ?? '')
    }, 400_000)
    afterAll(async () => {
      await browser?.close()
      await company?.close()
    })
    beforeEach(async () => {
      opened = await ConsolePage.open(company, browser, { deskGoes: true })
      page = opened.page
    })
    afterEach(async () => {
      freeze('SIGCONT')
      await opened.close()
      expect(opened.complaints).toEqual([])
    })

    test(
      'is there after a reload, a walk through the pages and another sign-in, until it is carried out',
      async () => {
        const { caseId } = await begin()
        await page.reload()
        expect(await written(caseId)).toBe(reason)
        await picture(page, 'order-kept')
        expect(await inaccessible(page)).toEqual([])

        await page.getByRole('link', { name: 'Inbox' }).click()
        await page.locator(`[data-case="${caseId}"]`).waitFor()
        await page.goBack()
        expect(await written(caseId)).toBe(reason)

        await opened.signOut()
        await opened.signIn('Suzy')
        await opened.card(caseId).getByRole('button', { name: 'Approve' }).waitFor()
        expect(
          await opened
            .card(caseId)
            .getByLabel(/^Reason/)
            .count(),
        ).toBe(0)
        await opened.signIn('Sam')
        expect(await written(caseId)).toBe(reason)

        await opened.card(caseId).getByRole('button', { name: 'Back' }).click()
        await expectText(opened.card(caseId), /You have begun to write: Approve/)
        await opened.card(caseId).getByRole('button', { name: 'Approve' }).click()
        expect(await written(caseId)).toBe(reason)
        await send(caseId)
        await page.locator('[data-stage="shipping"][data-verdict="PROCEED"]').waitFor()
        expect(await page.evaluate('Object.keys(localStorage)')).toEqual([])
      },
      withinMs,
    )

    test(
      'says when it is of an order that has changed since',
      async () => {
        const { orderId, caseId } = await begin()
        await page.goto('about:blank')
        const changed = storyEvent('1-place.json') as { order: Record<string, unknown> }
        const order = { ...changed.order, salesperson: 'simon' }
        await company.send(orderId, { ...changed, kind: 'CHANGED', order })
        await company.values('orders.revisions.v1', orderId, 2)
        await until('the desk knows the change', async () => {
          const { revision } = await (await company.as('sam')).get<{ revision: number }>(`/orders/${orderId}`)
          return revision === 2
        })
        await opened.openOrder(orderId)
        await expectText(opened.card(caseId), /Salesperson: .* → simon/)
        expect(await written(caseId)).toBe(reason)
        expect(await opened.card(caseId).getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true)
      },
      withinMs,
    )

    test(
      'outlives the desk: killed under an open form, it is one command however often it is pressed',
      async () => {
        const { orderId, caseId } = await begin()
        await company.services.kill('desk')
        await page.getByText('Not live').waitFor()
        await send(caseId)
        await expectText(opened.card(caseId), /The desk did not answer/)
        await send(caseId)
        await picture(page, 'desk-away')

        const other = await ConsolePage.open(company, browser, { deskGoes: true })
        const starting = company.services.start('desk')
        // Opened once there is anything to open; from then on the page has to come by itself.
        await until('an answer of the desk that starts', () =>
          other.openOrder(orderId).catch(() => undefined),
        )
        const seen: string[] = []
        const heading = other.page.getByRole('heading', { name: `Order ${orderId}` })
        await until('the order in a window that was opened while the desk started', async () => {
          seen.push(await other.page.locator('body').innerText())
          return heading.isVisible()
        })
        await starting
        expect(seen.filter((text) => /There is no order/.test(text))).toEqual([])
        await other.close()

        await expectText(opened.card(caseId), /has not arrived at the desk/)
        expect(await written(caseId)).toBe(reason)
        await send(caseId)
        await page.locator('[data-stage="shipping"][data-verdict="PROCEED"]').waitFor()
        expect(await answersOn(caseId)).toEqual(['CLOSED'])
      },
      withinMs,
    )

    test(
      'is sent once by a double click',
      async () => {
        const { caseId } = await begin('Note', /^Note/)
        await submit(caseId, 'Note').dblclick()
        await opened.card(caseId).getByRole('button', { name: 'Approve' }).waitFor()
        expect(await answersOn(caseId)).toEqual(['NOTED'])
      },
      withinMs,
    )

    test(
      'is followed over a reload while the router says nothing, and carried out once',
      async () => {
        const { caseId } = await begin()
        freeze('SIGSTOP')
        await send(caseId)
        await expectText(opened.card(caseId), /Not answered yet/)
        await page.reload()
        await expectText(opened.card(caseId), /Not answered yet/)
        await picture(page, 'order-unanswered')
        await send(caseId)
        freeze('SIGCONT')
        await page.locator('[data-stage="shipping"][data-verdict="PROCEED"]').waitFor()
        await expectText(page.locator('body'), /Approved\. No other case is open/)
        expect(await answersOn(caseId)).toEqual(['CLOSED'])
      },
      withinMs,
    )

    test(
      'about many is followed to its end, and what was refused is told by reason',
      async () => {
        const orders = await Promise.all([opened.heldOrder(), opened.heldOrder(), opened.heldOrder()])
        const sam = await company.as('sam')
        const cases = await Promise.all(orders.map((orderId) => sam.openCase(orderId, 'address-country')))
        await opened.openInbox()
        await opened.signIn('Wanda')
        const row = ({ caseId }: { caseId: string }) => page.locator(`[data-case="${caseId}"]`)
        for (const one of cases) await row(one).waitFor()
        expect(
          await row(cases[0] as never)
            .getByRole('checkbox')
            .count(),
        ).toBe(0)

        await opened.signIn('Sam')
        for (const one of cases) await row(one).getByRole('checkbox').check()
        const [changing = ''] = orders
        const changed = storyEvent('1-place.json') as { order: Record<string, unknown> }
        await company.send(changing, {
          ...changed,
          kind: 'CHANGED',
          order: { ...changed.order, salesperson: 'simon' },
        })
        await company.values('orders.revisions.v1', changing, 2)
        const bar = page.getByRole('region', { name: 'Ticked cases' })
        await bar.getByRole('button', { name: 'Stop' }).click()
        await expectText(bar, /Shipping stops|shipping stop/)
        await picture(page, 'inbox-stop-many')
        await bar.getByRole('button', { name: /^Approve$/ }).click()
        await bar.getByLabel(/^Reason/).fill(reason)
        freeze('SIGSTOP')
        await bar.getByRole('button', { name: 'Approve 3 cases' }).click()
        await expectText(bar, /3 taken, the answer comes/)
        await picture(page, 'inbox-many-pending')
        await page.reload()
        await expectText(bar, /3 taken, the answer comes/)
        freeze('SIGCONT')
        await expectText(bar, /2 cases done, 1 refused/)
        await expectText(bar.getByRole('alert'), /1 case not done[\s\S]*STALE_VIEW[\s\S]*SO-/)
        expect(await inaccessible(page)).toEqual([])
        await picture(page, 'inbox-many-refused')
        await bar.getByRole('button', { name: 'I have read it' }).click()
        expect(await bar.count()).toBe(0)
        expect(await Promise.all(cases.map(({ caseId }) => answersOn(caseId)))).toEqual([
          ['REFUSED'],
          ['CLOSED'],
          ['CLOSED'],
        ])
      },
      withinMs,
    )

    /** Sam opens a form on a held order and writes in it. */
    async function begin(
      action = 'Approve',
      field = /^Reason/,
    ): Promise<{ orderId: string; caseId: string }> {
      const orderId = await opened.heldOrder()
      const { caseId } = await (await company.as('sam')).openCase(orderId, 'address-country')
      await opened.openOrder(orderId)
      await opened.signIn('Sam')
      await opened.card(caseId).getByRole('button', { name: action }).click()
      await opened.card(caseId).getByRole('textbox', { name: field }).fill(reason)
      return { orderId, caseId }
    }

    const submit = (caseId: string, action = 'Approve') =>
      opened.card(caseId).getByRole('button', { name: action, exact: true })
    const send = (caseId: string) => submit(caseId).click()
    const written = (caseId: string) =>
      opened
        .card(caseId)
        .getByLabel(/^Reason/)
        .inputValue()

    /** What the router has said to people about a case, in order. */
    async function answersOn(caseId: string): Promise<string[]> {
      const { events } = await (await company.as('sam')).show(caseId)
      return events.map(({ type }) => type).filter((type) => ['CLOSED', 'NOTED', 'REFUSED'].includes(type))
    }

    function freeze(signal: 'SIGSTOP' | 'SIGCONT'): void {
      const pid = company?.services.pid('router')
      if (pid !== undefined) process.kill(pid, signal)
    }
  },
)
