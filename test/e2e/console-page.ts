import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { type Company, newOrderId, storyEvent } from './company.ts'

const held = { invoicing: 'PROCEED', shipping: 'HOLD' }

/** Answers of the desk that the browser itself reports as failed requests. */
const answers = /status of 4\d\d/
/** And what it reports while the desk is away. */
const away = /status of 503|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_SOCKET/

/** On a machine that is busy with other things everything takes several times as long. */
const patienceMs = 60_000

/** The console of a company in a browser window of its own. */
export class ConsolePage {
  readonly page: Page
  /** What the page itself complained of. */
  readonly complaints: string[] = []
  readonly #company: Company
  readonly #context: BrowserContext

  private constructor(company: Company, context: BrowserContext, page: Page) {
    this.#company = company
    this.#context = context
    this.page = page
  }

  /** `deskGoes`: the test takes the desk away, which the browser may complain of. */
  static async open(company: Company, browser: Browser, { deskGoes = false } = {}): Promise<ConsolePage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    page.setDefaultTimeout(patienceMs)
    const opened = new ConsolePage(company, context, page)
    page.on('pageerror', ({ message }) => opened.complaints.push(message))
    page.on('console', (message) => {
      const text = message.text()
      if (message.type() === 'error' && !answers.test(text) && !(deskGoes && away.test(text)))
        opened.complaints.push(text)
    })
    return opened
  }

  /** With `search`, the cases in which its words are: other tests may have left more than a page of open ones. */
  openInbox = (search?: string) =>
    this.page.goto(`${this.#company.services.deskUrl}/inbox${search ? `?q=${search}` : ''}`)
  openOrder = (orderId: string) => this.page.goto(`${this.#company.services.deskUrl}/orders/${orderId}`)

  async signIn(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Sign(ed)? in/ }).click()
    await this.page.getByRole('menuitem', { name }).click()
    await this.page.getByRole('button', { name: `Signed in as ${name}` }).waitFor()
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: /^Signed in as/ }).click()
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  }

  card = (caseId: string): Locator => this.page.locator(`#${caseId}`)

  /** Shipping of the order is held, for it goes to another country than the money comes from. */
  async heldOrder(orderId = newOrderId()): Promise<string> {
    await this.#company.send(orderId, storyEvent('1-place.json'))
    await this.#company.decided(orderId, held)
    return orderId
  }

  /** How many pixels the page is wider than the screen. */
  overflow = () =>
    this.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    ) as Promise<number>

  close = () => this.#context.close()
}

export async function expectText(locator: Locator, text: RegExp): Promise<void> {
  await locator.filter({ hasText: text }).first().waitFor()
}
