import type { CaseSummary, DeadLetter, OrderView } from '@holdpoint/desk-contract'
import type { OrderEvent } from '@holdpoint/schemas'
import { words } from '../cases/case-text.ts'

/** What became of an event that was sent. */
export type Became =
  | { kind: 'revision'; revision: number; verdicts: { stage: string; verdict: string }[] }
  /** It is in the order, and no decision has come of it; what was decided before stands. */
  | { kind: 'taken'; revision: number; verdicts: { stage: string; verdict: string }[] }
  /** The case of a request: there is one for each, also for what no rule names, unless it was answered at once. */
  | { kind: 'case'; revision: number; case: CaseSummary }
  /** A request that waits for its answer, and of which no case is there. */
  | { kind: 'no-case'; revision: number; requestId: string }
  | { kind: 'dead-letter'; letter: DeadLetter }
  /** The same event came before; it was dropped, and nothing changed. */
  | { kind: 'known' }
  | { kind: 'not-seen' }

/** What the desk shows by now. */
export interface Seen {
  order: OrderView
  /** Dead letters of the order since the event was sent, with their bytes in base64. */
  letters: readonly (DeadLetter & { value: string })[]
}

/** What became of an event so far; undefined while the desk shows nothing of it. `wasKnown`: a revision of it was there before. */
export function becameOf(event: OrderEvent, { order, letters }: Seen, wasKnown: boolean): Became | undefined {
  const letter = letters.find(({ value }) => carries(value, event.eventId))
  if (letter) return { kind: 'dead-letter', letter }
  const revision = wasKnown ? undefined : ownRevision(event, order)
  if (revision === undefined) return undefined
  const request = event.kind === 'REQUESTED' ? requestOf(event, order) : undefined
  if (request) return { ...request, revision }
  // Neither a request nor a stage need change what is decided.
  const needsDecision = event.kind !== 'REQUESTED' && !event.kind.startsWith('STAGE')
  const decision = order.decisions.find((one) => one.revision >= revision)
  if (needsDecision && !decision) return { kind: 'taken', revision, verdicts: verdictsIn(order) }
  return { kind: 'revision', revision, verdicts: verdictsIn(decision) }
}

const verdictsIn = (decided: Pick<OrderView, 'verdicts'> | undefined) =>
  (decided?.verdicts ?? []).map(({ stage, verdict }) => ({ stage, verdict }))

/** What can still become more: a decision or a case may come a moment after the revision. */
export const isProvisional = ({ kind }: Became): boolean => kind === 'no-case' || kind === 'taken'

export function ownRevision({ source, eventId }: OrderEvent, { revisions }: OrderView): number | undefined {
  return revisions.find(({ cause }) => cause.source === source && cause.eventId === eventId)?.revision
}

/** The case of a request, or that there is none; undefined when it waits for no answer any more. */
function requestOf({ request, eventId }: OrderEvent, { events, cases, requests }: OrderView) {
  const requestId = request?.requestId || eventId
  const opened = events.find((event) => event.opened?.requestId === requestId)
  const about = cases.find(({ caseId }) => caseId === opened?.caseId)
  if (about) return { kind: 'case', case: about } as const
  const waits = requests.some((open) => open.request.requestId === requestId)
  return waits ? ({ kind: 'no-case', requestId } as const) : undefined
}

/** Whether the bytes hold a text as Avro writes it: its length, then itself. */
function carries(base64: string, text: string): boolean {
  const bytes = Buffer.from(text)
  const length: number[] = []
  for (let left = 2 * bytes.length; ; left = Math.floor(left / 128)) {
    length.push(left < 128 ? left : (left % 128) + 128)
    if (left < 128) break
  }
  return Buffer.from(base64, 'base64').includes(Buffer.concat([Buffer.from(length), bytes]))
}

const remedies: Readonly<Record<string, string>> = {
  CONFLICT: 'Its eventId belongs to another event of this source: give it one of its own and send it again.',
  STALE: 'A later event of this source came before it: send the order as it is now, with a higher sequence.',
  INVALID: 'Put right what is named and send it again; the same eventId may be used.',
  UNDECODABLE: 'Encode it by a registered schema of its topic and send it again.',
}

export const remedyOf = (code: string): string =>
  remedies[code] ?? 'Put right what is named and send it again as a new event.'

/** For people, on one line or two. */
export function becameText({ eventId, orderId }: OrderEvent, became: Became): string {
  const about = `${eventId}  ${orderId}  `
  switch (became.kind) {
    case 'revision': {
      const stages = stagesText(became.verdicts)
      return `${about}revision ${became.revision}${stages && `: ${stages}`}\n`
    }
    case 'taken': {
      const stages = stagesText(became.verdicts)
      if (stages) return `${about}revision ${became.revision}, decided as before: ${stages}\n`
      return (
        `${about}revision ${became.revision}: it was taken, and nothing is decided yet. Do not send it again; look at the ` +
        'services: holdpoint status.\n'
      )
    }
    case 'case': {
      const { caseId, name, status, outcome, decider } = became.case
      const state = status === 'CLOSED' ? words(outcome) : `waits for ${decider}`
      return `${about}revision ${became.revision}: case ${caseId}, "${name}", ${state}\n`
    }
    case 'no-case':
      return (
        `${about}revision ${became.revision}: the request ${became.requestId} waits for its answer, and no case asks anybody for ` +
        `one yet.\n    Look at the services (holdpoint status), or raise one: holdpoint cases raise ${orderId} --reason "…"\n`
      )
    case 'dead-letter': {
      const { code, problems, topic, partition, offset } = became.letter
      const why = problems.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')
      return `${about}is a dead letter. ${code}: ${why}\n    ${remedyOf(code)}\n    holdpoint dlq show ${topic} ${partition} ${offset}\n`
    }
    case 'known':
      return `${about}was known already: nothing has changed.\n`
    case 'not-seen':
      return (
        `${about}was sent, and nothing of it is visible yet: it waits for intake or the desk, or was known already. ` +
        'Look at the services: holdpoint status. Sent again with the same eventId it counts once.\n'
      )
    default:
      return became satisfies never
  }
}

const stagesText = (verdicts: readonly { stage: string; verdict: string }[]): string =>
  verdicts.map(({ stage, verdict }) => `${stage} ${verdict}`).join(', ')

/** Whether what was wanted has happened. */
export const isGood = (became: Became): boolean =>
  ['revision', 'case', 'known'].includes(became.kind) ||
  (became.kind === 'taken' && became.verdicts.length > 0)
