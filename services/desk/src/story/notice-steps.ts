import type { StaffOccasion } from '@holdpoint/policy/duty'
import type { Occasion } from '@holdpoint/policy/letters'
import type { StoryRecords, ToldOutcome, ToldRequest } from './records.ts'
import type { Step } from './step.ts'
import { ended, listed } from './words.ts'

/** Who was told, once for each attempt: to whom, by which channel, about what, and whether it arrived there. */
export function noticeSteps(records: StoryRecords): Step[] {
  const { requests, outcomes } = records
  const outcomeOf = new Map(outcomes.map((one) => [keyOf(one), one]))
  const asked = new Set(requests.map(keyOf))
  return [
    ...requests.map((request) => requestStep(request, outcomeOf.get(keyOf(request)), records)),
    ...outcomes.filter((one) => !asked.has(keyOf(one))).map(outcomeStep),
  ]
}

const keyOf = ({ noticeId, attempt }: { noticeId: string; attempt: number }) => `${noticeId} ${attempt}`

function requestStep(request: ToldRequest, outcome: ToldOutcome | undefined, records: StoryRecords): Step {
  const { at, channel, to, attempt, caseIds, policyVersion, place } = request
  const beside = [to, attempt > 1 ? `attempt ${attempt}` : ''].filter((part) => part !== '').join(', ')
  const became = outcome ? ` ${outcomeWords(outcome)}` : ' What became of it is not known yet.'
  return {
    at,
    kind: 'told',
    who: '',
    text: `${ended(`${recipientOf(request, records)} ${writtenWords(outcome)} by ${channelWords[channel] ?? 'message'}${beside === '' ? '' : ` (${beside})`}: ${topicOf(request)}`)}${became}`,
    details: caseIds.length > 1 ? [`About the cases ${listed(caseIds)}.`] : [],
    caseId: caseIds.length === 1 ? (caseIds[0] ?? '') : '',
    policyVersion,
    records: [place, ...(outcome ? [outcome.place] : [])],
  }
}

/** The request is not known: a desk may read what became of a message first. */
function outcomeStep(outcome: ToldOutcome): Step {
  return {
    at: outcome.at,
    kind: 'told',
    who: '',
    text: `A message was sent out (${outcome.noticeId}). ${outcomeWords(outcome)}`,
    details: [],
    caseId: '',
    policyVersion: 0,
    records: [outcome.place],
  }
}

const topicOf = ({ occasion, message }: ToldRequest): string =>
  occasionWords[occasion] ?? (occasion || message || 'a message')

/** Why somebody was written to, in words; the name of an occasion that is not here speaks for itself. */
const wordsOf: Readonly<Record<Occasion | StaffOccasion, string>> = {
  yours: 'a case is theirs to decide',
  escalated: 'a case has come up to them',
  reminded: 'a case of theirs is due',
  answered: 'an answer has come',
  changed: 'the order has changed',
  asked: 'something is asked of them',
  review: 'their view of a case is wanted',
  decided: 'what they asked for is decided',
  unreachable: 'somebody could not be reached',
  unreached: 'a mail to a colleague did not arrive',
  held: 'the order waits, and why',
  question: 'a question',
  ended: 'how it ended',
  unanswered: 'the time for their answer is over',
  silence: 'the order is not forgotten',
}
const occasionWords: Readonly<Record<string, string>> = wordsOf

function recipientOf({ recipient, toName, person }: ToldRequest, { names }: StoryRecords): string {
  const name = names.get(person) || toName || person
  if (recipient === 'STAFF') return name || 'Staff'
  return name === '' ? 'The customer' : `The customer ${name}`
}

const channelWords: Readonly<Record<string, string>> = {
  EMAIL: 'e-mail',
  CHAT: 'chat',
  WEBHOOK: 'webhook',
  DESK: 'a note at the desk',
}

/** Nobody has been written to before it was sent. */
function writtenWords(outcome: ToldOutcome | undefined): string {
  if (!outcome) return 'is to be written to'
  return outcome.status === 'SENT' ? 'was written to' : 'was to be written to'
}

function outcomeWords({ status, permanent, detail }: ToldOutcome): string {
  if (status === 'SENT') return 'It was sent.'
  const why = detail === '' ? '' : `: ${detail}`
  return ended(`It could not be sent${permanent ? ', and a repeat cannot help' : ''}${why}`)
}
