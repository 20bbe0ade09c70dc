import { compileRoster, parseRoster } from '@holdpoint/policy/duty'
import {
  type Action,
  type Actor,
  type OpenRequest,
  type OrderCorrection,
  readField,
} from '@holdpoint/schemas'
import type { Staff } from '../record/input.ts'
import { askedTerms, finding, given, type History, minute, type Revised } from './given.ts'
import { type Act, actors, type Step } from './random-steps.ts'
import { exceptionType, samplePolicy } from './sample-policy.ts'

/** What the sample policy has, and a type each for four eyes, for two approvals, and for clearance. */
function policyOf({ answerHours }: { answerHours: number }) {
  const policy = samplePolicy()
  const correct = { actions: ['APPROVE', 'CORRECT', 'ASK', 'STOP'] as Action[] }
  const own = [
    exceptionType('refund', {
      name: 'Refund',
      fourEyes: true,
      holds: ['invoicing'],
      mayCorrect: { fields: ['shipping.*'], until: 'shipping' },
      ...correct,
    }),
    exceptionType('double', { name: 'Two look at it', approvals: 2, holds: ['shipping'], ...correct }),
    exceptionType('cleared', {
      name: 'Cleared at the end',
      clearance: true,
      holds: ['shipping'],
      ...correct,
    }),
  ]
  const types = [...policy.types.values(), ...own].map((type) => ({
    ...type,
    remindAtPercent: 75,
    answerWithin: { kind: 'elapsed' as const, count: answerHours, unit: 'hour' as const },
  }))
  return {
    ...policy,
    customerSilence: { kind: 'elapsed' as const, count: 1, unit: 'day' as const },
    types: new Map(types.map((type) => [type.type, type])),
  }
}

/** Rosters in which some are away, with and without a substitute. */
function staffOf(version: number): Staff {
  const people = actors.map(
    ({ subject, name, roles }) =>
      `  - { subject: ${subject}, name: ${name}, email: ${subject}@example.com, roles: [${roles}] }`,
  )
  const away = (subject: string, substitute = '') =>
    `  - { person: ${subject}, from: 2026-01-01, to: 2027-12-31${substitute && `, substitute: ${substitute}`} }`
  const absences = [
    [],
    [away('fiona', 'sally'), away('frank', 'sally')],
    [away('fiona'), away('frank')],
    [away('fiona'), away('frank'), away('carl'), away('sam')],
  ][version]
  const all = ['zone: UTC', 'people:', ...people, ...(absences?.length ? ['absences:', ...absences] : [])]
  const read = parseRoster(`${all.join('\n')}\n`)
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  return { version: version + 1, roster: compileRoster(read.roster) }
}

const rosters = [0, 1, 2, 3].map(staffOf)
const policies = [policyOf({ answerHours: 2 }), policyOf({ answerHours: 5 })]

/** An order's life with a model of intake: corrections wait in a queue until an `intake` step takes one. */
export class Life {
  readonly history: History = given({ policies: policies.slice(0, 1), ...staffIn(0) })
  readonly underWay: OrderCorrection[] = []
  /** Commands that were sent at the same time, on the same view. */
  readonly races: { caseId: string; commandIds: string[] }[] = []
  readonly #language: string
  #requests = 0
  #found: { type: string; value: string }[] = []

  /** `language`: what the customer speaks, where a life is about what they read. */
  constructor(language = 'en') {
    this.#language = language
  }

  do(step: Step): void {
    if (this.history.steps.length === 0) this.#revise({ set: { 'customer.language': this.#language } })
    const before = this.history.steps.length
    this.history.after(minute)
    this.#take(step)
    for (const { publish } of this.history.steps.slice(before))
      for (const { topic, value } of publish)
        if (topic === 'orders.corrections.v1' && value) this.underWay.push(value)
  }

  /** Intake catches up with everything that the router has authorised. */
  settle(): void {
    while (this.underWay.length > 0) this.do({ kind: 'intake' })
  }

  #take(step: Step): void {
    const { requests, stages } = this.history.state
    if (step.kind === 'revise') {
      this.#found = step.found
      this.#revise({ set: { [step.field]: step.value } })
    } else if (step.kind === 'request') {
      this.#requests += 1
      this.#revise({ requests: [...requests, this.#asked()] })
    } else if (step.kind === 'stage') this.#revise({ stages: { ...stages, [step.stage]: step.state } })
    else if (step.kind === 'cancel') this.#revise({ cancelled: true })
    else if (step.kind === 'act') this.#act(step, step)
    else if (step.kind === 'race') this.#race(step)
    else if (step.kind === 'wait') this.history.waits(step.minutes * minute)
    else if (step.kind === 'fire') this.#fireLate(step.pick)
    else if (step.kind === 'roster') this.history.with(staffIn(step.version))
    else if (step.kind === 'duty') this.history.dutyChanges()
    else if (step.kind === 'publish') this.history.with({ policies })
    else if (step.kind === 'notice') this.#notice(step)
    else this.#correct()
  }

  #revise(about: Revised): void {
    const requests = about.requests ?? this.history.state.requests
    const asked = requests.flatMap(({ request: { requestId, kind } }) =>
      typesOf(kind).map((type) => finding(type, 'NET60', { requestId, basis: 'REQUEST' })),
    )
    const findings = this.#found.map(({ type, value }) =>
      finding(type, value, type === 'cannot-classify' ? { problem: 'division by zero' } : {}),
    )
    this.history.revised({ ...about, findings: [...findings, ...asked] })
  }

  /** Terms, what the policy answers, and what no rule names, in turn. */
  #asked(): OpenRequest {
    const open = askedTerms(`r-${this.#requests}`)
    const kind = kinds[this.#requests % kinds.length] as string
    return { ...open, request: { ...open.request, kind } }
  }

  #act(
    { actor, action, pick, city, to, wholeOrder }: Act,
    { stale = false, again = false, speechless = false, caseId = '', digest = '' } = {},
  ): void {
    const { state } = this.history
    const one =
      state.cases.find((other) => other.caseId === caseId) ??
      state.cases[pick % Math.max(state.cases.length, 1)]
    const now = (state.order && readField(state.order, 'shipping.city')) ?? ''
    const expected = pick === 9 ? 'what it was before' : now
    const mayBring = action === 'RAISE' || action === 'ANSWER'
    const sets =
      action === 'CORRECT' || (mayBring && pick % 2 === 0) || (action === 'APPROVE' && pick % 5 === 4)
    const { commandId } = state.commands[0] ?? {}
    this.history.acts(actors[actor] as Actor, action, one?.type ?? 'none', {
      ...(one && { caseId: action === 'RAISE' ? '' : one.caseId }),
      ...(action === 'RAISE' && { type: pick % 3 === 0 ? 'shipping-address' : 'other' }),
      ...(digest && { digest }),
      ...(stale && { digest: 'seen long ago' }),
      ...(speechless && { reason: ' ' }),
      ...(again && commandId !== undefined && { commandId }),
      to,
      wholeOrder,
      corrections: sets ? [{ path: 'shipping.city', expected, value: city }] : [],
    })
  }

  /** Two people decide the same case on the same view. */
  #race({ rival, second, ...first }: { rival: number; second: Action } & Act): void {
    const { cases, digest } = this.history.state
    const { caseId = '' } = cases[first.pick % Math.max(cases.length, 1)] ?? {}
    const from = this.history.steps.length
    this.#act(first, { caseId, digest })
    this.#act({ ...first, action: second, actor: rival }, { caseId, digest })
    const commandIds = [`c-${from}`, `c-${from + 1}`]
    if (first.action !== 'REOPEN') this.races.push({ caseId, commandIds })
  }

  /** A timer fires once more, by a version that is over. */
  #fireLate(pick: number): void {
    const { cases } = this.history.state
    const one = cases[pick % Math.max(cases.length, 1)]
    if (one) this.history.fires({ caseId: one.caseId, version: one.clock.version - 1 })
  }

  #notice({ failed, permanent }: Extract<Step, { kind: 'notice' }>): void {
    const attempt = this.history.state.notices[0]?.attempt ?? 1
    this.history.noticeEnds({ attempt, status: failed ? 'FAILED' : 'SENT', permanent })
  }

  /** As intake: the fields are set together when each is as expected, else none; the request is settled either way. */
  #correct(): void {
    const correction = this.underWay.shift()
    const { order, requests } = this.history.state
    if (!correction || !order) return
    const { correctionId, corrections, requestId, by } = correction
    const applies = corrections.every(({ path, expected, value }) =>
      [expected, value].includes(readField(order, path) ?? ''),
    )
    this.#revise({
      correctedBy: by.subject,
      requests: requests.filter(({ request }) => request.requestId !== requestId),
      ...(applies
        ? { set: Object.fromEntries(corrections.map(({ path, value }) => [path, value])) }
        : {
            overridden: corrections.map(({ path, value }) => ({
              path,
              corrected: value,
              upstream: readField(order, path) ?? '',
              correctionId,
            })),
          }),
    })
  }
}

/** Most of them about terms, which two cases are about. */
const kinds = [
  'billing-terms',
  'billing-terms',
  'refund',
  'billing-terms',
  'crane',
  'billing-terms',
  'gift-wrap',
]

function typesOf(kind: string): string[] {
  if (kind === 'billing-terms') return ['billing-terms', 'terms-review']
  return [kind === 'crane' ? 'unnamed-request' : 'answered-request']
}

function staffIn(version: number): { staff?: Staff } {
  const staff = rosters[version]
  return staff ? { staff } : {}
}
