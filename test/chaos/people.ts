import { setTimeout as pause } from 'node:timers/promises'
import { type Person, signIn } from '../e2e/person.ts'
import { chance } from './chance.ts'
import type { Company } from './company.ts'

interface OpenCase {
  caseId: string
  type: string
  owner: string
  backup: string
  level: number
}

interface CaseInFull {
  case: OpenCase & { status: string; digest: string; actions: string[] }
}

/** So many people work side by side. */
const atOnce = 8
const pageSize = 500

/** The share of cases that nobody looks at until they escalate. */
const neglected = 0.08
/** The shares of commands by somebody who may not, without a reason, and on what is no longer so. */
const mistaken = { stranger: 0.03, speechless: 0.02, outdated: 0.02 }

/** People at the desk who decide what comes up, and try again with the same command while the desk is away. */
export class People {
  readonly #company: Company
  readonly #seed: number
  readonly #signedIn = new Map<string, Promise<Person>>()
  readonly #tries = new Map<string, number>()
  #stopped = false

  constructor(company: Company, seed: number) {
    this.#company = company
    this.#seed = seed
  }

  /** Works until `stop`. */
  async work(): Promise<void> {
    while (!this.#stopped) {
      const open = await this.#open().catch(() => [])
      const ripe = open.filter((one) => one.level > 0 || this.#chance(one, 'neglected') >= neglected)
      const queue = [...ripe]
      await Promise.all(Array.from({ length: atOnce }, () => this.#decideAll(queue)))
      if (ripe.length === 0) await pause(300)
    }
  }

  stop(): void {
    this.#stopped = true
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
    const attempt = this.#tries.get(one.caseId) ?? 0
    const mistake = attempt === 0 ? this.#chance(one, 'mistake') : 1
    const role = mistake < mistaken.stranger ? 'sales' : this.#roleFor(one)
    const person = await this.#person(role)
    const { case: shown } = await person.get<CaseInFull>(`/cases/${one.caseId}`)
    if (shown.status === 'CLOSED') return
    const { answered } = await this.#act(person, shown, mistake, `${one.caseId}-${attempt}`)
    if (answered) this.#tries.set(one.caseId, attempt + 1)
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
    return { answered: status === 200 || status === 409 || status === 422 }
  }

  #actionFor({ caseId, type, actions }: CaseInFull['case']): string {
    const allowed = actions.map((action) => action.toLowerCase())
    const drawn = chance(this.#seed, `action ${caseId}`)
    if (type === 'no-customer' && drawn < 0.5) return 'correct'
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
