import { addOpenTime, calendarOf, type Policy, stopped } from '@holdpoint/policy'
import { whoIsOnDuty } from '@holdpoint/policy/duty'
import { type DomainEvent, isOpen, type Staff } from '@holdpoint/router/core'
import {
  type Action,
  type Actor,
  type CaseState,
  type Command,
  type OrderEvent,
  type RouterState,
  viewDigest,
} from '@holdpoint/schemas'
import { sampleCommand } from '@holdpoint/schemas/testing'
import { chance } from '../chaos/chance.ts'
import type { Agenda } from './agenda.ts'
import type { Chain } from './chain.ts'

const minute = 60_000
const hour = 60 * minute

const seed = 1

/** Working minutes that a case takes; a person does one after the other. */
const workMinutes = { least: 0.5, most: 2.5 }
/** The shares of cases that their owner overlooks, of which the customer is asked, and whom they answer. */
const shares = { overlooked: 0.03, asked: 0.06, answered: 0.8, reopened: 0.004 }

/** The people of the roster at work: each does what comes to them in turn, during the opening hours of their role. */
export class People {
  readonly #agenda: Agenda
  readonly #policy: Policy
  readonly #staff: Staff
  readonly #chain: () => Chain
  /** By subject: until when they are busy. */
  readonly #busyUntil = new Map<string, number>()
  /** Cases that somebody has before them, by case and level. */
  readonly #planned = new Set<string>()
  #commands = 0

  constructor(agenda: Agenda, { policy, staff }: { policy: Policy; staff: Staff }, chain: () => Chain) {
    this.#agenda = agenda
    this.#policy = policy
    this.#staff = staff
    this.#chain = chain
  }

  /** Whoever has a case from now on plans to look at it. */
  hear(event: DomainEvent, state: RouterState): void {
    const one = state.cases.find(({ caseId }) => caseId === event.caseId)
    if (!one) return
    if (event.type === 'OPENED' && one.type === stopped) this.#tellUpstream(state)
    else if (event.type === 'OPENED' || event.type === 'REOPENED' || event.type === 'ESCALATED')
      this.#plan(state.orderId, one, event.type)
    if (event.type === 'ANSWERED' || event.type === 'UNANSWERED' || event.type === 'PROPOSED')
      this.#plan(state.orderId, one, event.type)
    if (event.type === 'ASKED') this.#answerLater(state.orderId, one)
    // Whoever is reminded by the end of the ladder's time looks at it at last.
    if (event.type === 'REMINDED') this.#plan(state.orderId, one, event.type)
  }

  /** Upstream hears of an order that was stopped, and cancels it on the next day. */
  #tellUpstream({ orderId }: RouterState): void {
    this.#agenda.plan(this.#agenda.now + 24 * hour, () => {
      const state = this.#chain().orders.get(orderId)
      if (state?.cases.some((one) => one.type === stopped && isOpen(one)))
        this.#chain().receive(this.#cancelled(orderId))
    })
  }

  #cancelled(orderId: string): OrderEvent {
    return {
      ...{ eventId: `${orderId}-cancelled`, source: 'webshop', orderId, occurredAt: this.#agenda.now },
      ...{ sequence: null, kind: 'CANCELLED', order: null, request: null, stage: '', facts: {} },
    }
  }

  #plan(orderId: string, one: CaseState, why: string): void {
    const { caseId, level, type } = one
    const isOverlooked = why === 'OPENED' && chance(seed, `overlooked ${caseId}`) < shares.overlooked
    if (isOverlooked) return
    const exception = this.#policy.types.get(type)
    const roles = [one.owner, ...(exception?.ladder.map(({ to }) => to) ?? [])]
    const role = roles[level] ?? one.owner
    const person = this.#leastBusy(role, one.proposal?.by.subject)
    const plan = `${caseId} ${level}`
    if (!person || this.#planned.has(plan)) return
    this.#planned.add(plan)
    const calendar = calendarOf(this.#policy, role)
    const draw = chance(seed, `work ${caseId} ${level} ${why}`)
    const work = (workMinutes.least + draw * (workMinutes.most - workMinutes.least)) * minute
    const from = Math.max(this.#agenda.now, this.#busyUntil.get(person.subject) ?? 0)
    const done = addOpenTime(calendar, from, Math.round(work))
    this.#busyUntil.set(person.subject, done)
    const actor = { subject: person.subject, name: person.name, roles: [...person.roles] }
    this.#agenda.plan(done, () => {
      this.#planned.delete(plan)
      this.#decide(orderId, caseId, actor)
    })
  }

  /** Of those on duty, whoever is free first takes the next case; what somebody proposes is for another to see. */
  #leastBusy(role: string, proposer = '') {
    const all = whoIsOnDuty(this.#staff.roster, role, this.#agenda.now).onDuty
    const onDuty = all.filter(({ subject }) => subject !== proposer)
    const freeAt = ({ subject }: { subject: string }) => this.#busyUntil.get(subject) ?? 0
    return onDuty.toSorted((one, other) => freeAt(one) - freeAt(other))[0]
  }

  #decide(orderId: string, caseId: string, actor: Actor): void {
    const state = this.#chain().orders.get(orderId)
    const one = state?.cases.find((other) => other.caseId === caseId)
    if (!state || !one || !isOpen(one) || one.status === 'WAITING') return
    const asks = one.clock.pauses.length === 0 && chance(seed, `asks ${caseId}`) < shares.asked
    if (asks && one.actions.includes('ASK') && state.order?.customer.email)
      this.#act(state, actor, 'ASK', {
        caseId,
        to: 'customer',
        within: '2 days',
        reason: 'Is this what you want?',
      })
    else this.#end(state, one, actor)
  }

  #end(state: RouterState, one: CaseState, actor: Actor): void {
    const { caseId, actions } = one
    const drawn = chance(seed, `decision ${caseId} ${one.reopened}`)
    const wanted: Action[] = one.proposal
      ? ['APPROVE']
      : actions.includes('CLEAR')
        ? ['CLEAR']
        : drawn < 0.04
          ? ['STOP']
          : drawn < 0.12
            ? ['REJECT', 'STOP']
            : ['APPROVE', 'STOP']
    const corrections =
      drawn > 0.5 && !one.proposal && actions.includes('CORRECT') ? this.#correctionOf(one, state) : []
    const action =
      corrections.length > 0
        ? 'CORRECT'
        : (wanted.find((each) => one.proposal || actions.includes(each)) ?? 'STOP')
    this.#act(state, actor, action, { caseId, corrections, reason: 'As our rules say.' })
    if (one.reopened === 0 && chance(seed, `reopens ${caseId}`) < shares.reopened)
      this.#agenda.plan(this.#agenda.now + 3 * hour, () => {
        const later = this.#chain().orders.get(state.orderId)
        if (later) this.#act(later, actor, 'REOPEN', { caseId, reason: 'The customer called.' })
      })
  }

  /** Puts right what the case is about, where that is one field. */
  #correctionOf({ mayCorrect }: CaseState, { order }: RouterState): Command['corrections'] {
    if (mayCorrect.includes('billing.purchaseOrder') && order?.billing.purchaseOrder === '')
      return [{ path: 'billing.purchaseOrder', expected: order.billing.purchaseOrder, value: 'PO-9000' }]
    if (mayCorrect.includes('shipping.*') && order && order.shipping.country !== order.payment.country)
      return [{ path: 'shipping.country', expected: order.shipping.country, value: order.payment.country }]
    return []
  }

  #answerLater(orderId: string, one: CaseState): void {
    const { caseId, assignee } = one
    const drawn = chance(seed, `answers ${caseId}`)
    if (drawn > shares.answered) return
    this.#agenda.plan(this.#agenda.now + Math.round(drawn * 50 * hour), () => {
      const state = this.#chain().orders.get(orderId)
      const waiting = state?.cases.find((other) => other.caseId === caseId)
      const [person] = whoIsOnDuty(this.#staff.roster, one.owner, this.#agenda.now).onDuty
      const { subject, name } = person ?? assignee
      if (state && waiting?.status === 'WAITING')
        this.#act(state, { subject, name, roles: [] }, 'ANSWER', { caseId, reason: 'Yes, it is.' })
    })
  }

  #act(state: RouterState, actor: Actor, action: Action, own: Partial<Command>): void {
    const about = state.cases.find(({ caseId }) => caseId === own.caseId)
    const command = sampleCommand({
      commandId: `c-${this.#commands++}`,
      orderId: state.orderId,
      action,
      actor,
      digest: viewDigest(state.digest, about?.proposal ?? null),
      at: this.#agenda.now,
      ...own,
    })
    this.#chain().give(state.orderId, { kind: 'command', command })
  }
}
