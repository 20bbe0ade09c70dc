import { findingsOf } from '@holdpoint/classifier/core'
import { contentOf, fold, type Input as IntakeInput } from '@holdpoint/intake/core'
import type { Policy } from '@holdpoint/policy'
import { nextDutyChange } from '@holdpoint/policy/duty'
import {
  type Context,
  type DomainEvent,
  type Input,
  initialState,
  isOpen,
  pendingTimers,
  route,
  type Staff,
} from '@holdpoint/router/core'
import type { IntakeState, OrderEvent, Revision, RouterState, Timer } from '@holdpoint/schemas'
import type { Agenda } from './agenda.ts'

interface Listener {
  hear(event: DomainEvent, state: RouterState): void
  look(state: RouterState): void
}

/** Milliseconds from one service to the next. */
const hopMs = 5

/** Intake, classifier, router, timers and notifier, with their own pure cores, on a virtual clock. */
export class Chain {
  readonly orders = new Map<string, RouterState>()
  /** Inputs that the router took, and the milliseconds of real time that it needed for them. */
  readonly work = { inputs: 0, ms: 0 }
  readonly #intake = new Map<string, IntakeState>()
  readonly #timers = new Map<string, Timer>()
  readonly #agenda: Agenda
  readonly #policy: Policy
  readonly #context: Omit<Context, 'now'>
  readonly #listener: Listener
  readonly #staff: Staff
  /** Orders with open cases: their people may change with duty. */
  readonly #inHand = new Set<string>()
  #dutyIsWatched = false

  constructor(agenda: Agenda, { policy, staff }: { policy: Policy; staff: Staff }, listener: Listener) {
    this.#agenda = agenda
    this.#policy = policy
    this.#context = { policy: () => policy, latestPolicy: () => 1, roster: () => staff }
    this.#listener = listener
    this.#staff = staff
  }

  get pendingTimers(): number {
    return this.#timers.size
  }

  receive(event: OrderEvent): void {
    this.#takeIn(event.orderId, { kind: 'event', event, content: contentOf(event) })
  }

  give(orderId: string, input: Input): void {
    const before = this.orders.get(orderId) ?? initialState(orderId)
    const since = performance.now()
    const { state, events, publish } = route(before, input, { ...this.#context, now: this.#agenda.now })
    this.work.ms += performance.now() - since
    this.work.inputs++
    this.orders.set(orderId, state)
    for (const { topic, key, value } of publish) {
      if (topic === 'timers.schedule.v1') this.#schedule(key, value)
      if (topic === 'orders.corrections.v1' && value)
        this.#later(() => this.#takeIn(orderId, { kind: 'correction', correction: value }))
      if (topic === 'notices.requested.v1' && value) {
        const { noticeId, attempt } = value
        const sent = { noticeId, orderId, attempt, status: 'SENT', permanent: false, messageId: '' } as const
        const outcome = { ...sent, detail: '250 ok', at: this.#agenda.now }
        this.#later(() => this.give(orderId, { kind: 'notice', outcome }))
      }
    }
    if (state.cases.some(isOpen)) this.#watchDuty(orderId)
    else this.#inHand.delete(orderId)
    this.#listener.look(state)
    for (const event of events) this.#listener.hear(event, state)
  }

  /** As the lanes do, while there are cases in somebody's hands. */
  #watchDuty(orderId: string): void {
    this.#inHand.add(orderId)
    if (this.#dutyIsWatched) return
    this.#dutyIsWatched = true
    this.#agenda.plan(nextDutyChange(this.#staff.roster, this.#agenda.now), () => {
      this.#dutyIsWatched = false
      for (const open of this.#inHand) this.give(open, { kind: 'duty', rosterVersion: this.#staff.version })
    })
  }

  #takeIn(orderId: string, input: IntakeInput): void {
    const folded = fold(this.#intake.get(orderId), input, this.#agenda.now)
    if (folded.kind === 'dropped') return
    if (folded.kind === 'refused') throw new Error(JSON.stringify(folded.problems))
    this.#intake.set(orderId, folded.state)
    const { revision } = folded
    this.#later(() => this.#judge(revision))
  }

  #judge(revision: Revision): void {
    const findings = findingsOf(revision, { version: 1, policy: this.#policy }, this.#agenda.now)
    this.#later(() => this.give(revision.orderId, { kind: 'findings', findings }))
  }

  #later(act: () => void): void {
    this.#agenda.plan(this.#agenda.now + hopMs, act)
  }

  #schedule(timerId: string, timer: Timer | null): void {
    if (timer === null) {
      this.#timers.delete(timerId)
      return
    }
    this.#timers.set(timerId, timer)
    this.#agenda.plan(timer.dueAt, () => {
      if (this.#timers.get(timerId) !== timer) return
      this.#timers.delete(timerId)
      const fired = { ...timer, firedAt: this.#agenda.now }
      this.give(timer.orderId, { kind: 'timer', fired })
    })
  }

  /** Timers that an order waits for and that are not scheduled: none, ever. */
  get lostTimers(): number {
    let lost = 0
    for (const state of this.orders.values())
      for (const timerId of pendingTimers(state).keys()) if (!this.#timers.has(timerId)) lost++
    return lost
  }
}
