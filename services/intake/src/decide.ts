import type { DeadLetterCode, Problem } from '@holdpoint/chassis'
import type { Instant, IntakeState, OrderCorrection, OrderEvent, Request } from '@holdpoint/schemas'
import { eventProblems, farFromOrder, valueProblems } from '@holdpoint/schemas'
import type { EventContent } from './content.ts'
import { type Input, requestIdOf } from './evolve.ts'
import { jsonBytes, limits } from './limits.ts'
import { correctionProblems } from './validate-correction.ts'

export type Decision =
  | { kind: 'take' }
  | { kind: 'drop' }
  | { kind: 'refuse'; code: DeadLetterCode; problems: Problem[] }

const take: Decision = { kind: 'take' }
const drop: Decision = { kind: 'drop' }

/** Whether an input is taken into the order record, dropped as known, or refused. Never throws. */
export function decide(state: IntakeState | undefined, input: Input, now: Instant): Decision {
  switch (input.kind) {
    case 'event':
      return decideEvent(state, input.event, input.content, now)
    case 'correction':
      return decideCorrection(state, input.correction, now)
    default:
      return input satisfies never
  }
}

function decideEvent(
  state: IntakeState | undefined,
  event: OrderEvent,
  content: EventContent,
  now: Instant,
): Decision {
  const problems = eventProblems(event, now, content.json)
  if (problems.length > 0) return refuse('INVALID', problems)
  return (
    knownEvent(state, event, content) ?? staleEvent(state, event) ?? impossibleEvent(state, event) ?? take
  )
}

function knownEvent(state: IntakeState | undefined, event: OrderEvent, content: EventContent) {
  const seen = state?.seen.find((one) => one.eventId === event.eventId && one.source === event.source)
  if (!seen) return undefined
  if (seen.content === content.event) return drop
  const message = `"${event.eventId}" was taken from ${event.source} before with other content: send a new id.`
  return refuse('CONFLICT', [{ path: 'eventId', message }])
}

function staleEvent(state: IntakeState | undefined, { source, sequence }: OrderEvent) {
  if (!state || sequence === null || !Object.hasOwn(state.sequences, source)) return undefined
  const last = state.sequences[source] ?? 0
  if (sequence >= last) return undefined
  const message = `is ${sequence}, but ${source} has sent ${last} already: what it says is out of date.`
  return refuse('STALE', [{ path: 'sequence', message }])
}

/** Problems that only show against what is known of the order. */
function impossibleEvent(state: IntakeState | undefined, event: OrderEvent) {
  const problems: Problem[] = []
  if (!state && !event.order) {
    const message = `is not known: send it with PLACED, CHANGED or CANCELLED and its snapshot before ${event.kind}.`
    problems.push({ path: 'orderId', message })
  }
  if (state?.order && !event.order) problems.push(...farFromOrder(event, state.order.placedAt))
  if (state && event.request) problems.push(...requestProblems(state, event, event.request))
  problems.push(...(state ? tooManyProblems(state, event) : []), ...factProblems(state, event))
  return problems.length > 0 ? refuse('INVALID', problems) : undefined
}

function tooManyProblems(state: IntakeState, { source, stage }: OrderEvent): Problem[] {
  const problems: Problem[] = []
  const isMore = (names: object, name: string) => name !== '' && !Object.hasOwn(names, name)
  if (isMore(state.sequences, source) && Object.keys(state.sequences).length >= limits.sources)
    problems.push({
      path: 'source',
      message: `is one too many: ${limits.sources} may report about an order.`,
    })
  if (isMore(state.stages, stage) && Object.keys(state.stages).length >= limits.stages)
    problems.push({ path: 'stage', message: `is one too many: an order may have ${limits.stages} stages.` })
  return problems
}

function factProblems(state: IntakeState | undefined, { facts }: OrderEvent): Problem[] {
  if (Object.keys(facts).length === 0) return []
  if (jsonBytes({ ...state?.facts, ...facts }) <= limits.factsBytes) return []
  return [
    { path: 'facts', message: `of one order may have ${limits.factsBytes} bytes together: send fewer.` },
  ]
}

function requestProblems(state: IntakeState, event: OrderEvent, request: Request): Problem[] {
  const problems: Problem[] = []
  const requestId = requestIdOf(event, request)
  if (state.requests.some((open) => open.request.requestId === requestId)) {
    const message = `"${requestId}" names a request that is open already: give each request its own id.`
    problems.push({ path: 'request.requestId', message })
  }
  const tooMuch = sizeProblems(state, request)
  return [...problems, ...(tooMuch.length > 0 ? tooMuch : proposalProblems(state, request))]
}

function sizeProblems({ requests }: IntakeState, request: Request): Problem[] {
  if (requests.length >= limits.requests)
    return [
      { path: 'request', message: `is one too many: ${limits.requests} may wait. Have one decided first.` },
    ]
  const count = request.proposes.length
  if (count > limits.proposals)
    return [{ path: 'request.proposes', message: `has ${count} changes, ${limits.proposals} are allowed.` }]
  if (jsonBytes([...requests, request]) <= limits.requestsBytes) return []
  const message = `open requests of one order may have ${limits.requestsBytes} bytes together.`
  return [{ path: 'request', message }]
}

function proposalProblems({ order }: IntakeState, { proposes }: Request): Problem[] {
  if (!order) return []
  return valueProblems(order, proposes).map(({ index, part, message }) => ({
    path: `request.proposes.${index}.${part}`,
    message,
  }))
}

function decideCorrection(
  state: IntakeState | undefined,
  correction: OrderCorrection,
  now: Instant,
): Decision {
  const problems = correctionProblems(correction, now)
  if (problems.length > 0) return refuse('INVALID', problems)
  if (!state)
    return refuse('INVALID', [{ path: 'orderId', message: 'is not known: there is nothing to correct.' }])
  return state.settled.includes(correction.correctionId) ? drop : take
}

function refuse(code: DeadLetterCode, problems: Problem[]): Decision {
  return { kind: 'refuse', code, problems }
}
