import { type OrderCorrection, readField, type StageState } from '@holdpoint/schemas'
import fc from 'fast-check'
import {
  askedTerms,
  carl,
  finding,
  fiona,
  given,
  type History,
  minute,
  olga,
  type Revised,
  sally,
  sam,
  wanda,
} from './given.ts'

/** One thing that may happen to an order; `pick` chooses among what there is at that moment. */
export type Step =
  | { kind: 'revise'; field: string; value: string; found: { type: string; value: string }[] }
  | { kind: 'request' }
  | { kind: 'stage'; stage: string; state: StageState }
  | { kind: 'cancel' }
  | { kind: 'act'; actor: number; action: number; pick: number; stale: boolean; again: boolean; city: string }
  | { kind: 'fire'; pick: number; old: boolean }
  | { kind: 'notice'; failed: boolean; permanent: boolean }
  | { kind: 'intake' }

const actors = [fiona, carl, sam, sally, olga, wanda]
const actions = ['APPROVE', 'REJECT', 'CORRECT', 'STOP', 'UNKNOWN'] as const
const cities = fc.constantFrom('Whitby', 'Leeds', 'Hull')
const found = fc.uniqueArray(
  fc.record({
    type: fc.constantFrom('shipping-address', 'large-order', 'late-change', 'cannot-classify'),
    value: fc.constantFrom('1', '2'),
  }),
  { selector: ({ type }) => type, maxLength: 3 },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('revise'),
      field: fc.constantFrom('shipping.city', 'billing.terms'),
      value: cities,
      found,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('request') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('stage'),
      stage: fc.constantFrom('invoicing', 'shipping'),
      state: fc.constantFrom('STARTED', 'DONE'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel') }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('act'),
      actor: fc.nat(5),
      action: fc.nat(4),
      pick: fc.nat(9),
      stale: fc.boolean(),
      again: fc.boolean(),
      city: cities,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fire'), pick: fc.nat(5), old: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('notice'), failed: fc.boolean(), permanent: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('intake') }) },
) as fc.Arbitrary<Step>

/** Random lives of one order. */
export const steps = fc.array(step, { minLength: 1, maxLength: 40 })

/** An order's life with a model of intake: corrections wait in a queue until an `intake` step takes one. */
export class Life {
  readonly history: History = given()
  readonly underWay: OrderCorrection[] = []
  #requests = 0
  #found: { type: string; value: string }[] = []

  do(step: Step): void {
    if (this.history.steps.length === 0) this.#revise({})
    this.history.after(minute)
    this.#take(step)
    for (const { value } of this.history.published('orders.corrections.v1'))
      if (value) this.underWay.push(value)
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
      this.#revise({ requests: [...requests, askedTerms(`r-${this.#requests}`)] })
    } else if (step.kind === 'stage') this.#revise({ stages: { ...stages, [step.stage]: step.state } })
    else if (step.kind === 'cancel') this.#revise({ cancelled: true })
    else if (step.kind === 'act') this.#act(step)
    else if (step.kind === 'fire') this.#fire(step)
    else if (step.kind === 'notice') this.#notice(step)
    else this.#correct()
  }

  #revise(about: Revised): void {
    const requests = about.requests ?? this.history.state.requests
    const asked = requests.flatMap(({ request: { requestId } }) => [
      finding('billing-terms', 'NET60', { requestId }),
      finding('terms-review', 'NET60', { requestId }),
    ])
    const findings = this.#found.map(({ type, value }) =>
      finding(type, value, type === 'cannot-classify' ? { problem: 'division by zero' } : {}),
    )
    this.history.revised({ ...about, findings: [...findings, ...asked] })
  }

  #act({ actor, action, pick, stale, again, city }: Extract<Step, { kind: 'act' }>): void {
    const { state } = this.history
    const one = state.cases[pick % Math.max(state.cases.length, 1)]
    const who = actors[actor] ?? fiona
    const what = actions[action] ?? 'UNKNOWN'
    const expected = (state.order && readField(state.order, 'shipping.city')) ?? ''
    this.history.acts(who, what, one?.type ?? 'none', {
      ...(one && { caseId: one.caseId }),
      ...(stale && { digest: 'seen long ago' }),
      ...(again && state.commands[0] && { commandId: state.commands[0].commandId }),
      corrections: what === 'CORRECT' ? [{ path: 'shipping.city', expected, value: city }] : [],
    })
  }

  #fire({ pick, old }: Extract<Step, { kind: 'fire' }>): void {
    const { cases, notices } = this.history.state
    const timers = [
      ...cases.map(({ caseId, timerVersion }) => ({ timerId: `${caseId}:deadline`, version: timerVersion })),
      ...notices.map(({ noticeId, timerVersion }) => ({
        timerId: `${noticeId}:retry`,
        version: timerVersion,
        kind: 'NOTICE_RETRY' as const,
      })),
    ]
    const timer = timers[pick % Math.max(timers.length, 1)]
    if (timer) this.history.fires({ ...timer, version: old ? timer.version - 1 : timer.version })
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
