import type { OrderEvent } from '@holdpoint/schemas'
import { words } from '../cases/case-text.ts'
import type { CaseDetail, DeadLetter, OrderView } from '../desk/answers.ts'

/** What became of an event that was sent. */
export type Became =
  | { kind: 'revision'; revision: number; verdicts: { stage: string; verdict: string }[] }
  /** A request, and the case about it: there is one for each, also for what no rule names. */
  | { kind: 'asked'; revision: number; caseId: string; name: string; state: string }
  | { kind: 'dead-letter'; letter: DeadLetter }
  /** The same event came before; it was dropped, and nothing changed. */
  | { kind: 'known' }
  | { kind: 'not-seen' }

/** What the desk shows by now. */
export interface Seen {
  order: OrderView
  /** Details of the order's cases. */
  cases: readonly CaseDetail[]
  /** Dead letters of the order since the event was sent, with their bytes in base64. */
  letters: readonly (DeadLetter & { value: string })[]
}

/** What became of an event so far; undefined while the desk shows nothing of it. `wasKnown`: a revision of it was there before. */
export function becameOf(event: OrderEvent, seen: Seen, wasKnown: boolean): Became | undefined {
  const letter = seen.letters.find(({ value }) => carries(value, event.eventId))
  if (letter) return { kind: 'dead-letter', letter }
  const revision = wasKnown ? undefined : ownRevision(event, seen.order)
  if (revision === undefined) return undefined
  if (event.kind === 'REQUESTED') return caseAbout(event, revision, seen)
  const { decisions } = seen.order
  // A stage need not change what is decided.
  const decision = event.kind.startsWith('STAGE')
    ? decisions.at(-1)
    : decisions.find((one) => one.revision >= revision)
  if (!decision) return undefined
  const verdicts = decision.verdicts.map(({ stage, verdict }) => ({ stage, verdict }))
  return { kind: 'revision', revision, verdicts }
}

export function ownRevision({ source, eventId }: OrderEvent, { revisions }: OrderView): number | undefined {
  return revisions.find(({ cause }) => cause.source === source && cause.eventId === eventId)?.revision
}

function caseAbout({ request, eventId }: OrderEvent, revision: number, { cases }: Seen): Became | undefined {
  const requestId = request?.requestId || eventId
  const about = cases.find((one) => one.requestId === requestId)
  if (!about) return undefined
  const { caseId, name, status, outcome, decider } = about
  const state = status === 'CLOSED' ? words(outcome) : `waits for ${decider}`
  return { kind: 'asked', revision, caseId, name, state }
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
      const stages = became.verdicts.map(({ stage, verdict }) => `${stage} ${verdict}`).join(', ')
      return `${about}revision ${became.revision}: ${stages}\n`
    }
    case 'asked':
      return `${about}revision ${became.revision}: case ${became.caseId}, "${became.name}", ${became.state}\n`
    case 'dead-letter': {
      const { code, problems, topic, partition, offset } = became.letter
      const why = problems.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')
      return `${about}is a dead letter. ${code}: ${why}\n    ${remedyOf(code)}\n    holdpoint dlq show ${topic} ${partition} ${offset}\n`
    }
    case 'known':
      return `${about}was known already: nothing has changed.\n`
    case 'not-seen':
      return `${about}was sent, and nothing of it is visible yet. An event that changes nothing stays invisible; otherwise look at the services: holdpoint status.\n`
    default:
      return became satisfies never
  }
}

/** Whether what was wanted has happened. */
export const isGood = ({ kind }: Became): boolean =>
  kind === 'revision' || kind === 'asked' || kind === 'known'
