import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { CaseSummary, OrderView, Person, Someone } from '@holdpoint/desk-contract'
import type { Order } from '@holdpoint/schemas'
import { type Desk, Refusal } from '../desk/desk.ts'
import { deskPath } from '../desk/path.ts'
import type { Deed, Desktop } from './deed.ts'
import { commandMark, type ShownCase, whyHandsOff } from './hands-off.ts'
import { answeredAt, type Pace, takenAt, thinkingMs } from './pace.ts'
import { whatToDo } from './what-to-do.ts'

export interface WorkingDayOptions {
  desk: Pick<Desk, 'get' | 'post' | 'signIn'>
  pace: Pace
  /** How often they look around for what there is to do. */
  lookEveryMs?: number
  /** First letter of the ids of the orders that are theirs to decide. */
  letter: string
  now(): number
  /** Told of everything that is done, in a sentence. */
  log(line: string): void
}

type CasePage = { cases: CaseSummary[]; next: string | null }

const usuallyEveryMs = 3_000
const pageSize = 500
/** Should so many cases be open that these pages do not hold them, those that are due first are worked on. */
const mostPages = 4
/** The desk shows what was done a moment later. */
const settledAfterMs = 20_000
/** A case that somebody left, or that could not be decided, is looked at again after this time. */
const againAfterMs = 10 * 60_000

/**
 * The people of the roster at their desks: each takes one case after the other of those that they have, looks at it,
 * thinks, looks again and decides. Of what somebody else has touched, or sent, they keep their hands off.
 */
export class WorkingDay {
  readonly #options: WorkingDayOptions
  readonly #tokens = new Map<string, string>()
  readonly #busy = new Set<string>()
  /** By case: when it is worth looking at it again. */
  readonly #notBefore = new Map<string, number>()
  readonly #underWay = new Set<Promise<void>>()

  constructor(options: WorkingDayOptions) {
    this.#options = options
  }

  /** Works until the signal; what is under way is not finished. */
  async work(signal: AbortSignal): Promise<void> {
    const { lookEveryMs = usuallyEveryMs } = this.#options
    while (!signal.aborted) {
      await this.#lookAround(signal).catch((error: Error) => this.#options.log(error.message))
      await pause(lookEveryMs, undefined, { signal }).catch(() => undefined)
    }
    await Promise.all(this.#underWay)
  }

  async #lookAround(signal: AbortSignal): Promise<void> {
    const { desk } = this.#options
    const [{ people }, cases] = await Promise.all([
      desk.get<{ people: Person[] }>('/people'),
      this.#openCases(),
    ])
    for (const { subject, name } of people) {
      const next = this.#busy.has(subject) ? undefined : cases.find((one) => this.#isNextFor(subject, one))
      if (!next) continue
      this.#busy.add(subject)
      const going: Promise<void> = this.#take({ subject, name }, next, signal)
        .catch((error) => (signal.aborted ? undefined : this.#failed({ subject, name }, next, error)))
        .finally(() => {
          this.#busy.delete(subject)
          this.#underWay.delete(going)
        })
      this.#underWay.add(going)
    }
  }

  async #openCases(): Promise<CaseSummary[]> {
    const all: CaseSummary[] = []
    let cursor: string | undefined
    for (let page = 0; page < mostPages; page++) {
      const query = { status: 'open', limit: pageSize, cursor }
      const { cases, next } = await this.#options.desk.get<CasePage>('/cases', query)
      all.push(...cases)
      if (next === null) break
      cursor = next
    }
    return all
  }

  #isNextFor(subject: string, one: CaseSummary): boolean {
    const { pace, now, letter } = this.#options
    const from = this.#notBefore.get(one.caseId) ?? takenAt(one, pace)
    return one.orderId.startsWith(letter) && one.assignee?.subject === subject && from <= now()
  }

  async #take(person: Someone, { caseId, orderId }: CaseSummary, signal: AbortSignal) {
    const { pace, now, log } = this.#options
    const seen = await this.#look(person.subject, caseId, orderId)
    if (typeof seen === 'string') return this.#leave({ caseId }, `${person.name} leaves ${caseId}: ${seen}`)
    const askedAt = waitsSince(seen)
    const answers = askedAt === undefined ? 0 : answeredAt(caseId, askedAt, pace)
    if (answers > now()) return void this.#notBefore.set(caseId, answers)
    await pause(thinkingMs(caseId, pace), undefined, { signal })
    const desktop = await this.#look(person.subject, caseId, orderId)
    if (typeof desktop === 'string')
      return this.#leave({ caseId }, `${person.name} leaves ${caseId}: ${desktop}`)
    const deed = whatToDo(desktop)
    if (!deed) return this.#leave({ caseId }, `${person.name} leaves ${caseId} (${desktop.case.name})`)
    await this.#do(person.subject, desktop, deed)
    this.#notBefore.set(caseId, now() + settledAfterMs)
    log(`${person.name} ${deed.action} ${caseId} (${desktop.case.name}): ${deed.reason}`)
  }

  /** The case as the person sees it, or why they leave it to somebody else. */
  async #look(subject: string, caseId: string, orderId: string): Promise<Desktop | string> {
    const { desk, letter } = this.#options
    const token = await this.#token(subject)
    const [shown, order] = await Promise.all([
      desk.get<ShownCase>(deskPath('cases', caseId), {}, token),
      desk.get<OrderView>(deskPath('orders', orderId), {}, token),
    ])
    if (shown.case.status === 'CLOSED') return 'it is closed'
    const handsOff = whyHandsOff(shown, order, letter)
    return handsOff ?? { ...shown, order: order.order as unknown as Order }
  }

  async #do(
    subject: string,
    { case: { caseId, digest } }: Desktop,
    { action, ...said }: Deed,
  ): Promise<void> {
    await this.#options.desk.post(deskPath('cases', caseId, 'actions'), {
      token: await this.#token(subject),
      idempotencyKey: `${commandMark}${randomUUID()}`,
      body: { action, digest, ...said },
    })
  }

  async #token(subject: string): Promise<string> {
    const known = this.#tokens.get(subject)
    if (known) return known
    const token = await this.#options.desk.signIn(subject)
    this.#tokens.set(subject, token)
    return token
  }

  #failed({ subject, name }: Someone, { caseId }: CaseSummary, error: Error): void {
    // A sign-in ends after some hours.
    if (error instanceof Refusal && error.problem.status === 401) this.#tokens.delete(subject)
    this.#leave({ caseId }, `${name} could not decide ${caseId}: ${error.message}`)
  }

  #leave({ caseId }: Pick<CaseSummary, 'caseId'>, line: string): void {
    const { log, now } = this.#options
    this.#notBefore.set(caseId, now() + againAfterMs)
    log(line)
  }
}

/** When the question was asked that the case waits for an answer to. */
function waitsSince({ case: { question }, events }: Desktop): number | undefined {
  const asked = question && events.findLast(({ type }) => type === 'ASKED')
  return asked ? Date.parse(asked.at) : undefined
}
