import { evidenceDigest, judge, type Policy } from '@holdpoint/policy'
import type {
  Action,
  Actor,
  Change,
  Command,
  Correction,
  Finding,
  Findings,
  NoticeOutcome,
  OpenRequest,
  Order,
  OrderCorrection,
  Override,
  RouterState,
  StageState,
  TimerFired,
} from '@holdpoint/schemas'
import { diffOrders, orderDigest, viewDigest, writeField } from '@holdpoint/schemas'
import { sampleCommand, sampleOrder } from '@holdpoint/schemas/testing'
import { pendingTimers } from '../messages/timers.ts'
import type { DomainEvent } from '../record/event.ts'
import { type Context, type Input, NotYetArrived, type Staff } from '../record/input.ts'
import { initialState } from '../record/state.ts'
import { type Routed, route } from '../route.ts'
import { samplePolicy } from './sample-policy.ts'

export const orderId = 'SO-1041'
export const start = Date.UTC(2026, 2, 2, 9)
export const minute = 60_000
export const hour = 60 * minute
const policy = samplePolicy()

/** The policies and the roster that a history goes by; one version of each, and no roster, unless a test says more. */
export interface World {
  policies: readonly Policy[]
  staff?: Staff
  /** The classifier's part: findings of a revision that a test does not give itself. */
  judges?: boolean
}

export const fiona = person('fiona', 'finance')
export const carl = person('carl', 'controller')
export const sam = person('sam', 'support')
export const sally = person('sally', 'sales')
export const olga = person('olga', 'order-manager')
export const wanda = person('wanda', 'warehouse-lead')

/** An order's history, one input after the other; each step is looked at through `last`. */
export class History {
  state: RouterState = initialState(orderId)
  now = start
  readonly events: DomainEvent[] = []
  readonly steps: Routed[] = []
  #order: Order = sampleOrder()
  #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** From now on the world is another one: a policy was published, or a roster. */
  with(change: Partial<World>): this {
    this.#world = { ...this.#world, ...change }
    return this
  }

  /** A new revision of the order as intake and the classifier would hand it on. */
  revised(about: Revised = {}): this {
    const order = about.order ?? withFields(this.#order, about.set ?? {})
    const origin = about.correctedBy ? 'CORRECTION' : 'UPSTREAM'
    const differences = this.state.order ? diffOrders(this.state.order, order) : []
    const changes = differences.map(
      (one): Change => ({ ...one, origin, by: about.correctedBy ?? 'webshop', why: '' }),
    )
    this.#order = order
    const findings: Findings = {
      orderId,
      revision: about.revision ?? this.state.revision + 1,
      digest: orderDigest(order),
      policyVersion: this.#world.policies.length,
      order,
      changes,
      stages: about.stages ?? this.state.stages,
      requests: about.requests ?? this.state.requests,
      cancelled: about.cancelled ?? this.state.cancelled,
      overridden: about.overridden ?? [],
      findings: about.findings ?? [],
      at: this.now,
    }
    if (this.#world.judges) findings.findings = this.#judged(findings)
    return this.take({ kind: 'findings', findings })
  }

  #judged(findings: Findings): Finding[] {
    const { policies } = this.#world
    const cause = { kind: 'PLACED', source: 'webshop', eventId: 'e-1', occurredAt: this.now } as const
    return judge(policies.at(-1) as Policy, { ...findings, facts: {}, cause })
  }

  /** Intake takes what the router has authorised last: the revision that carries it. */
  carriedOut(): this {
    const sent = this.steps.flatMap(({ publish }) =>
      publish.filter((one) => one.topic === 'orders.corrections.v1'),
    )
    const correction = sent.at(-1)?.value as OrderCorrection | undefined
    if (!correction) throw new Error('The router has authorised nothing.')
    const { corrections, requestId, by } = correction
    return this.revised({
      set: Object.fromEntries(corrections.map(({ path, value }) => [path, value])),
      requests: this.state.requests.filter(({ request }) => request.requestId !== requestId),
      correctedBy: by.subject,
    })
  }

  /** A person acts on the last case of a type, having seen the order and what is proposed as they are. */
  acts(actor: Actor, action: Action, type: string, own: Partial<Command> = {}): this {
    const commandId = `c-${this.steps.length}`
    const seen = { caseId: this.caseId(type), digest: this.seen(type), at: this.now }
    const command = commandOf(actor, action, { commandId, ...seen, ...own })
    return this.take({ kind: 'command', command })
  }

  corrects(actor: Actor, type: string, corrections: Correction[], own: Partial<Command> = {}): this {
    return this.acts(actor, 'CORRECT', type, { corrections, ...own })
  }

  fires(fired: Partial<TimerFired>): this {
    const none = { timerId: '', orderId, caseId: '', kind: 'DEADLINE', version: 1 } as const
    return this.take({ kind: 'timer', fired: { ...none, dueAt: this.now, firedAt: this.now, ...fired } })
  }

  /** The deadline timer of the last case of a type fires. */
  deadlinePasses(type: string, version = 1): this {
    return this.fires({ caseId: this.caseId(type), version })
  }

  /** Staff raise a case by hand. */
  raises(actor: Actor, type: string, reason: string, own: Partial<Command> = {}): this {
    return this.acts(actor, 'RAISE', 'none', { caseId: '', type, reason, ...own })
  }

  /** What is due is done in its order, as sla-timer would, until an instant; gives the kinds of what fired. */
  waits(ms: number): string[] {
    const until = this.now + ms
    const fired: string[] = []
    for (;;) {
      const due = [...pendingTimers(this.state).values()].filter(({ dueAt }) => dueAt <= until)
      const [next] = due.sort((one, other) => one.dueAt - other.dueAt)
      if (!next) break
      this.now = Math.max(this.now, next.dueAt)
      this.fires({ ...next, firedAt: this.now })
      fired.push(next.kind)
    }
    this.now = until
    return fired
  }

  noticeEnds(outcome: Partial<NoticeOutcome>): this {
    const noticeId = this.state.notices[0]?.noticeId ?? ''
    const sent = { attempt: 1, status: 'SENT', permanent: false, messageId: '', detail: '250 ok' } as const
    return this.take({ kind: 'notice', outcome: { noticeId, orderId, ...sent, at: this.now, ...outcome } })
  }

  /** A mail that was sent comes back; `to`: the address, as far as the report says it. */
  bounces(noticeId: string, to = ''): this {
    const bounce = {
      bounceId: 'B-1',
      noticeId,
      orderId,
      attempt: 1,
      to,
      permanent: true,
      status: '5.1.1',
    }
    return this.take({ kind: 'bounce', bounce: { ...bounce, detail: '550 no such user', at: this.now } })
  }

  /** Duty may have changed: the case is looked at without a record. */
  dutyChanges(): this {
    return this.take({ kind: 'duty', rosterVersion: this.#world.staff?.version ?? 0 })
  }

  take(input: Input): this {
    const routed = route(this.state, input, this.context)
    this.state = routed.state
    this.events.push(...routed.events)
    this.steps.push(routed)
    return this
  }

  /** What a decision of this moment rests on besides the record. */
  get context(): Context {
    const { policies, staff } = this.#world
    return {
      now: this.now,
      policy(version) {
        const found = policies[version - 1]
        if (!found) throw new NotYetArrived('policy.versions.v1', version)
        return found
      },
      latestPolicy: () => policies.length,
      roster(atLeast = 0) {
        if (atLeast > (staff?.version ?? 0)) throw new NotYetArrived('duty.roster.v1', atLeast)
        return staff
      },
    }
  }

  after(ms: number): this {
    this.now += ms
    return this
  }

  get last(): Routed {
    const step = this.steps.at(-1)
    if (!step) throw new Error('Nothing has happened yet.')
    return step
  }

  /** What the last input made happen, by type. */
  get happened(): string[] {
    return this.last.events.map(({ type }) => type)
  }

  /** The refusal code of the last command; undefined when it was carried out. */
  get refusal(): string | undefined {
    return this.last.events.flatMap((event) => (event.type === 'REFUSED' ? event.refused.code : []))[0]
  }

  /** The verdicts that billing and warehouse have now. */
  get verdicts(): Record<string, string> {
    return Object.fromEntries(this.state.verdicts.map(({ stage, verdict }) => [stage, verdict]))
  }

  /** What the last input published to a topic. */
  published<T extends Routed['publish'][number]['topic']>(topic: T) {
    const all = this.last.publish as Extract<Routed['publish'][number], { topic: T }>[]
    return all.filter((one) => one.topic === topic)
  }

  caseOf(type: string) {
    const one = this.state.cases.findLast((other) => other.type === type)
    if (!one) throw new Error(`The order has no case of type ${type}.`)
    return one
  }

  /** The digest that the last case of a type is displayed with. */
  seen(type: string): string {
    const one = this.state.cases.findLast((other) => other.type === type)
    return viewDigest(this.state.digest, one?.proposal ?? null)
  }

  caseId(type: string): string {
    return this.state.cases.findLast((one) => one.type === type)?.caseId ?? 'C-NONE'
  }
}

/** What the last command was told; empty when it was carried out. */
export function answerText({ last }: History): string {
  return last.events.flatMap((event) => (event.type === 'REFUSED' ? event.refused.message : []))[0] ?? ''
}

/** A command on the order of these tests. */
export function commandOf(actor: Actor, action: Action, own: Partial<Command> = {}): Command {
  return sampleCommand({ orderId, actor, action, ...own })
}

export interface Revised {
  order?: Order
  /** Fields that differ from the revision before. */
  set?: Record<string, string>
  /** Subject of the person whose correction made the revision. */
  correctedBy?: string
  revision?: number
  stages?: Record<string, StageState>
  requests?: OpenRequest[]
  cancelled?: boolean
  overridden?: Override[]
  findings?: Finding[]
}

export function given(world: Partial<World> = {}): History {
  return new History({ policies: [policy], ...world })
}

export function finding(type: string, value = 'true', own: Partial<Finding> = {}): Finding {
  const evidence = [{ expression: type, value }]
  const basis = policy.types.get(type)?.basis ?? 'STANDING'
  const digest = evidenceDigest(evidence)
  return { type, basis, requestId: '', evidence, evidenceDigest: digest, problem: '', ...own }
}

/** Sales asks for other billing terms. */
export function askedTerms(requestId = 'r-1', terms = 'NET60'): OpenRequest {
  const request = {
    requestId,
    kind: 'billing-terms',
    text: `May they have ${terms}?`,
    by: 'sally',
    role: 'sales',
    proposes: [{ path: 'billing.terms', value: terms }],
  }
  return { request, openedAt: start, revision: 1 }
}

export function termsFinding(requestId = 'r-1', type = 'billing-terms'): Finding {
  return finding(type, 'NET60', { requestId })
}

export function withFields(order: Order, fields: Record<string, string>): Order {
  return Object.entries(fields).reduce((before, [path, value]) => {
    const written = writeField(before, path, value)
    if ('problem' in written) throw new Error(written.problem)
    return written.order
  }, order)
}

export function person(subject: string, ...roles: string[]): Actor {
  return { subject, name: subject[0]?.toUpperCase() + subject.slice(1), roles }
}
