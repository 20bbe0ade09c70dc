import { setTimeout as pause } from 'node:timers/promises'
import type { OrderEvent } from '@holdpoint/schemas'
import { type Person, signIn } from '../e2e/person.ts'
import { chance } from './chance.ts'
import type { Company } from './company.ts'

interface OpenCase {
  caseId: string
  orderId: string
  status: string
  type: string
  owner: string
  backup: string
  level: number
}

interface CaseInFull {
  case: OpenCase & { status: string; digest: string; actions: string[]; reopened: number }
}

/** So many people work side by side. */
const atOnce = 8
const pageSize = 500

/** The share of cases that nobody looks at until they escalate. */
const neglected = 0.08
const builtIn = [
  ...['cannot-classify', 'clearance', 'too-late', 'correction-overridden', 'stopped', 'other'],
  ...['unnamed-request', 'answered-request'],
]
/** The shares of commands by somebody who may not, without a reason, and on what is no longer so. */
const mistaken = { stranger: 0.03, speechless: 0.02, outdated: 0.02 }
/** The share of questions that are answered, and of decisions that are taken back. */
const answered = 0.6
const reopened = 0.02

/** What is done to a case before it is decided, up to which share of them. */
const besides: { until: number; does: { action: string; to?: string; within?: string } }[] = [
  { until: 0.04, does: { action: 'note' } },
  { until: 0.08, does: { action: 'claim' } },
  { until: 0.11, does: { action: 'reassign', to: 'suzy' } },
  { until: 0.14, does: { action: 'replan' } },
  { until: 0.2, does: { action: 'ask', to: 'sales', within: '1 minute' } },
  { until: 0.22, does: { action: 'raise' } },
]

/** The desk has an answer; without one the same command is sent again. */
const isAnswer = (status: number): boolean => status === 200 || status === 409 || status === 422

/** People at the desk who decide what comes up, and try again with the same command while the desk is away. */
export class People {
  readonly #company: Company
  readonly #seed: number
  readonly #signedIn = new Map<string, Promise<Person>>()
  readonly #tries = new Map<string, number>()
  /** What was done once for a case, beside deciding it. */
  readonly #done = new Set<string>()
  #stopped = false

  constructor(company: Company, seed: number) {
    this.#company = company
    this.#seed = seed
  }

  /** Works until `stop`. */
  async work(): Promise<void> {
    while (!this.#stopped) {
      const open = await this.#open().catch(() => [])
      const ripe = open.filter((one) => one.level > 0 || !this.#isNeglected(one))
      const queue = [...ripe]
      await Promise.all(Array.from({ length: atOnce }, () => this.#decideAll(queue)))
      if (ripe.length === 0) await pause(300)
    }
  }

  stop(): void {
    this.#stopped = true
  }

  /** The cases that every policy has would escalate long after the run. */
  #isNeglected(one: OpenCase): boolean {
    return !builtIn.includes(one.type) && this.#chance(one, 'neglected') < neglected
  }

  async #open(): Promise<OpenCase[]> {
    const anybody = await this.#person('order-manager')
    const { cases } = await anybody.get<{ cases: OpenCase[] }>(`/cases?status=open&limit=${pageSize}`)
    return cases
  }

  async #decideAll(queue: OpenCase[]): Promise<void> {
    for (let one = queue.shift(); one && !this.#stopped; one = queue.shift())
      await this.#decide(one).catch(() => pause(100))
  }

  async #decide(one: OpenCase): Promise<void> {
    if (one.type === 'stopped') return this.#cancel(one)
    const attempt = this.#tries.get(one.caseId) ?? 0
    const mistake = attempt === 0 ? this.#chance(one, 'mistake') : 1
    const role = mistake < mistaken.stranger ? 'sales' : this.#roleFor(one)
    const person = await this.#person(role)
    const { case: shown } = await person.get<CaseInFull>(`/cases/${one.caseId}`)
    if (shown.status === 'CLOSED') return
    if (shown.status === 'WAITING') return this.#answer(shown)
    if (!(await this.#besides(person, shown))) return
    const { answered } = await this.#act(person, shown, mistake, `${one.caseId}-${attempt}`)
    if (answered) this.#tries.set(one.caseId, attempt + 1)
  }

  /** Upstream cancels what was stopped; the case ends by that. */
  async #cancel({ orderId }: OpenCase): Promise<void> {
    if (this.#done.has(`cancel ${orderId}`)) return
    this.#done.add(`cancel ${orderId}`)
    const event: OrderEvent = {
      ...{ eventId: `${orderId}-cancelled`, source: 'order owner', orderId, occurredAt: Date.now() },
      ...{ sequence: null, kind: 'CANCELLED', order: null, request: null, stage: '', facts: {} },
    }
    const { kafka, upstream } = this.#company
    const value = kafka.codec.encode('orders.inbound.v1', event)
    await upstream
      .sendBytes('orders.inbound.v1', [{ key: Buffer.from(orderId), value }])
      .catch(() => this.#done.delete(`cancel ${orderId}`))
  }

  async #act(person: Person, shown: CaseInFull['case'], mistake: number, key: string) {
    const { stranger, speechless, outdated } = mistaken
    const reason = mistake >= stranger && mistake < stranger + speechless ? '' : 'As it should be.'
    const late = stranger + speechless
    const digest = mistake >= late && mistake < late + outdated ? '0'.repeat(64) : shown.digest
    const action = this.#actionFor(shown)
    const corrections =
      action === 'correct' ? [{ path: 'customer.id', expected: '', value: `N-${shown.caseId.slice(2)}` }] : []
    const { status } = await person.act(shown.caseId, action, { reason, digest, corrections, key })
    if (status === 200) await this.#reopen(person, shown)
    return { answered: isAnswer(status) }
  }

  /** Whoever was asked answers, or lets the time pass. */
  async #answer({ caseId }: OpenCase): Promise<void> {
    if (chance(this.#seed, `answers ${caseId}`) > answered || this.#done.has(`answer ${caseId}`)) return
    const sally = await this.#person('sales')
    const { status } = await sally.act(caseId, 'answer', { reason: 'It is.', key: `${caseId}-answer` })
    if (isAnswer(status)) this.#done.add(`answer ${caseId}`)
  }

  /** Once for a case, what people do beside deciding. False when the case is not to be decided now. */
  async #besides(person: Person, { caseId, orderId }: OpenCase): Promise<boolean> {
    const drawn = chance(this.#seed, `besides ${caseId}`)
    const what = besides.find(({ until }) => drawn < until)
    if (!what || this.#done.has(caseId)) return true
    const { action, ...own } = what.does
    const key = `${caseId}-${action}`
    const { status } =
      action === 'raise'
        ? await (await this.#person('sales')).raise(orderId, 'other', 'There is something else.', key)
        : await person.act(caseId, action, { reason: 'To be sure.', key, ...own })
    if (!isAnswer(status)) return false
    this.#done.add(caseId)
    return action !== 'ask'
  }

  /** Few decisions are taken back, once. */
  async #reopen(person: Person, { caseId }: OpenCase): Promise<void> {
    if (chance(this.#seed, `reopens ${caseId}`) > reopened || this.#done.has(`reopen ${caseId}`)) return
    this.#done.add(`reopen ${caseId}`)
    await person.act(caseId, 'reopen', { reason: 'They called.', key: `${caseId}-reopen` })
  }

  #actionFor({ caseId, type, actions, reopened }: CaseInFull['case']): string {
    const allowed = actions.map((action) => action.toLowerCase())
    const drawn = chance(this.#seed, `action ${caseId}`)
    if (type === 'clearance') return 'clear'
    // What is open again has its customer number already.
    if (type === 'no-customer' && drawn < 0.5 && reopened === 0) return 'correct'
    if (drawn < 0.75) return 'approve'
    return allowed.find((action) => action === 'reject' || action === 'stop') ?? 'approve'
  }

  /** The owner, or once the deadline has passed as often the backup. */
  #roleFor(one: OpenCase): string {
    return one.level > 0 && this.#chance(one, 'backup') < 0.5 ? one.backup : one.owner
  }

  #chance({ caseId }: OpenCase, what: string): number {
    return chance(this.#seed, `${what} ${caseId}`)
  }

  #person(role: string): Promise<Person> {
    const subject = this.#company.people.get(role) as string
    let person = this.#signedIn.get(subject)
    if (!person) {
      person = signIn(this.#company.deskUrl, subject)
      this.#signedIn.set(subject, person)
      person.catch(() => this.#signedIn.delete(subject))
    }
    return person
  }
}
