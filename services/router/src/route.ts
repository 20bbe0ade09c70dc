import type { Outgoing } from '@holdpoint/chassis'
import type { RouterState } from '@holdpoint/schemas'
import { consequences } from './cases/consequences.ts'
import { countSilence } from './customer/silence.ts'
import { passedDeadlines } from './deadlines/escalating.ts'
import { decide } from './decide.ts'
import { nextDecision } from './messages/next-decision.ts'
import { noticeRequests } from './messages/notice-requests.ts'
import { orderCorrections } from './messages/order-corrections.ts'
import { timerChanges } from './messages/timers.ts'
import { type DomainEvent, type NewEvent, stamp, toRecord } from './record/event.ts'
import { evolve } from './record/evolve.ts'
import type { Context, Input } from './record/input.ts'
import { observe } from './record/state.ts'
import { tellStaff } from './staff/staff-notices.ts'

type Out =
  | 'cases.events.v1'
  | 'orders.decisions.v1'
  | 'orders.corrections.v1'
  | 'timers.schedule.v1'
  | 'notices.requested.v1'

export interface Routed {
  /** The very object that came in when nothing changed. */
  state: RouterState
  events: DomainEvent[]
  publish: Outgoing<Out>[]
}

/**
 * One input through the whole router: decide what happens and what follows from it, fold it, and derive every message
 * from the record before and after. Findings of a revision that is not newer than the last change nothing. Raises
 * NotYetArrived.
 */
export function route(before: RouterState, input: Input, context: Context): Routed {
  if (input.kind === 'findings' && input.findings.revision <= before.revision)
    return { state: before, events: [], publish: [] }
  const { events, state: evolved } = happen(before, input, context)
  const counted = countSilence(before, evolved, events, context)
  const { state: decided, decision } =
    evolved === before ? { state: before } : nextDecision(counted, input, context)
  const { state, publish: toStaff } = tellStaff(before, decided, { input, events }, context)
  const publish: Outgoing<Out>[] = [
    ...events.map((event) => ({
      topic: 'cases.events.v1' as const,
      key: event.orderId,
      value: toRecord(event),
    })),
    ...orderCorrections(state, events),
    ...timerChanges(before, state),
    ...noticeRequests(before, state, events, context),
    ...toStaff,
  ]
  if (decision) publish.push({ topic: 'orders.decisions.v1', key: decision.orderId, value: decision })
  return { state, events, publish }
}

function happen(before: RouterState, input: Input, context: Context) {
  const events: DomainEvent[] = []
  let state = input.kind === 'findings' ? observe(before, input.findings) : before
  const happens = (next: readonly NewEvent[]) => {
    const rosterVersion = next.length === 0 ? 0 : (context.roster()?.version ?? 0)
    const stamped = stamp(next, state, { at: context.now, rosterVersion })
    events.push(...stamped)
    state = stamped.reduce(evolve, state)
    return next.length > 0
  }
  const looksAtDeadlines =
    input.kind === 'command' || (input.kind === 'timer' && input.fired.kind === 'SILENCE')
  if (looksAtDeadlines) happens(passedDeadlines(state, context))
  happens(decide(looksAtDeadlines ? state : before, input, context))
  while (happens(consequences(before, state, context)));
  return { events, state }
}
