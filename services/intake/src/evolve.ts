import type {
  Instant,
  IntakeState,
  OpenRequest,
  OrderCorrection,
  OrderEvent,
  Override,
  Request,
  StageState,
} from '@holdpoint/schemas'
import { orderDigest } from '@holdpoint/schemas'
import type { EventContent } from './content.ts'
import { limits } from './limits.ts'
import { correct, overlay } from './overlay.ts'

/** What the order record is made of: events from upstream and corrections from cases. */
export type Input =
  | { kind: 'event'; event: OrderEvent; content: EventContent }
  | { kind: 'correction'; correction: OrderCorrection }

export interface Evolved {
  state: IntakeState
  /** Corrections that this input put out of force, or that could not come into force. */
  overridden: Override[]
}

export function initialState(orderId: string): IntakeState {
  return {
    orderId,
    revision: 0,
    digest: '',
    order: null,
    stages: {},
    requests: [],
    facts: {},
    cancelled: false,
    sequences: {},
    seen: [],
    applied: [],
    settled: [],
  }
}

/** The order record after an input that `decide` takes. `at`: when intake took it, milliseconds. */
export function evolve(state: IntakeState, input: Input, at: Instant): Evolved {
  const next = { ...state, revision: state.revision + 1 }
  switch (input.kind) {
    case 'event':
      return takeEvent(next, input.event, input.content, at)
    case 'correction':
      return takeCorrection(next, input.correction)
    default:
      return input satisfies never
  }
}

/** The id under which a request stays open: its own, or its event's when upstream gave none. */
export function requestIdOf(event: OrderEvent, request: Request): string {
  return request.requestId || event.eventId
}

function takeEvent(state: IntakeState, event: OrderEvent, content: EventContent, at: Instant): Evolved {
  const remembered = {
    ...state,
    facts: { ...state.facts, ...event.facts },
    sequences: risen(state.sequences, event),
    seen: [
      ...state.seen.slice(1 - limits.remembered),
      { source: event.source, eventId: event.eventId, content: content.event },
    ],
  }
  const { state: snapshot, overridden } = takeSnapshot(remembered, event, content)
  return { state: takeKind(snapshot, event, at), overridden }
}

function takeSnapshot(state: IntakeState, event: OrderEvent, content: EventContent): Evolved {
  if (!event.order) return { state, overridden: [] }
  const { order, applied, overridden } = overlay(event.order, state.applied)
  const digest = order === event.order ? content.order : orderDigest(order)
  return { state: { ...state, order, applied, digest }, overridden }
}

function takeKind(state: IntakeState, event: OrderEvent, at: Instant): IntakeState {
  switch (event.kind) {
    case 'CANCELLED':
      return { ...state, cancelled: true }
    case 'REQUESTED':
      return { ...state, requests: [...state.requests, ...opened(event, state.revision, at)] }
    case 'STAGE_STARTED':
    case 'STAGE_DONE':
      return { ...state, stages: { ...state.stages, [event.stage]: stageAfter(state, event) } }
    case 'PLACED':
    case 'CHANGED':
    case 'UNKNOWN':
      return state
    default:
      return event.kind satisfies never
  }
}

function opened(event: OrderEvent, revision: number, at: Instant): OpenRequest[] {
  if (!event.request) return []
  const requestId = requestIdOf(event, event.request)
  return [{ request: { ...event.request, requestId }, openedAt: at, revision }]
}

/** A stage never goes back: a start that is reported after its end changes nothing. */
function stageAfter(state: IntakeState, event: OrderEvent): StageState {
  return event.kind === 'STAGE_DONE' || state.stages[event.stage] === 'DONE' ? 'DONE' : 'STARTED'
}

function risen(sequences: IntakeState['sequences'], { source, sequence }: OrderEvent) {
  return sequence === null ? sequences : { ...sequences, [source]: sequence }
}

function takeCorrection(state: IntakeState, correction: OrderCorrection): Evolved {
  const settled = [...state.settled.slice(1 - limits.remembered), correction.correctionId]
  const settles = correction.settlement === 'APPROVED' || correction.settlement === 'REJECTED'
  const requests = settles
    ? state.requests.filter(({ request }) => request.requestId !== correction.requestId)
    : state.requests
  if (!state.order) return { state: { ...state, settled, requests }, overridden: [] }
  const { order, applied, overridden } = correct(state.order, state.applied, correction)
  const digest = order === state.order ? state.digest : orderDigest(order)
  return { state: { ...state, order, applied, digest, settled, requests }, overridden }
}
