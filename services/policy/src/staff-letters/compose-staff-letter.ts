import { type Action, type Instant, type Order, orderTotal } from '@holdpoint/schemas'
import type { StaffOccasion } from '../duty/roster.ts'
import { languages, standIn } from '../letters/languages/index.ts'
import { writtenFor } from '../letters/written.ts'
import { listed, listedInShort } from '../words/lists.ts'

/** What somebody of the staff is told of an order, from what is true of it now. */
export interface StaffNews {
  occasion: StaffOccasion
  orderId: string
  order: Order
  cases: readonly CaseNews[]
  /** What somebody said with it, such as the answer to a question. */
  said: { text: string; by: string }
  houseZone: string
}

export interface CaseNews {
  caseId: string
  name: string
  rule: string
  holds: readonly string[]
  deadline: Instant | null
  /** Who had it, or whose time is over; empty for nobody. */
  owner: string
  question: string
  outcome: string
  /** What the person who gets this may do about it. */
  mayDo: readonly Action[]
}

/** `FACT`: a label and a value, with a tab between them. */
export interface StaffPart {
  kind: 'TEXT' | 'QUOTE' | 'FACT' | 'CASE_LINK'
  text: string
  caseId: string
  action: string
}

/** A message to staff, in English: what is theirs, why, until when, and a link for each thing that they may do. */
export function composeStaffLetter(news: StaffNews): { subject: string; parts: StaffPart[] } {
  const { occasion, orderId, cases, said } = news
  const written = writtenFor({
    language: standIn,
    locale: languages.get(standIn)?.locale ?? standIn,
    country: '',
    houseZone: news.houseZone,
  })
  const until = earliest(cases)
  const names = listedInShort(
    cases.map(({ name }) => name),
    mostNamed,
  )
  const isOne = cases.length === 1
  const subject = `${orderId}: ${names}${subjects[occasion](until === null ? '' : written.instant(until), isOne, said.by)}`
  return {
    subject,
    parts: [
      text(sentences[occasion](listed(cases.map(({ name }) => `“${name}”`)), cases.length > 1, said.by)),
      ...(said.text === '' || occasion === 'decided'
        ? []
        : [{ kind: 'QUOTE' as const, text: said.text, ...plain }]),
      ...factsOf(news, until, written),
      ...cases.flatMap((one) => linksOf(one, cases.length > 1)),
    ],
  }
}

const plain = { caseId: '', action: '' }
const text = (sentence: string): StaffPart => ({ kind: 'TEXT', text: sentence, ...plain })
const fact = (label: string, value: string): StaffPart[] =>
  value === '' ? [] : [{ kind: 'FACT', text: `${label}\t${value}`, ...plain }]

/** So many names stand in a subject. */
const mostNamed = 2

const subjects: Record<StaffOccasion, (until: string, isOne: boolean, by: string) => string> = {
  yours: (until, isOne) => ` ${isOne ? 'is' : 'are'} yours${until === '' ? '' : ` until ${until}`}`,
  escalated: (until, isOne) =>
    ` ${isOne ? 'has' : 'have'} come to you${until === '' ? '' : `, until ${until}`}`,
  reminded: (until, isOne) => ` ${isOne ? 'waits' : 'wait'} for you${until === '' ? '' : ` until ${until}`}`,
  answered: () => ': an answer',
  changed: (_, isOne) => ` ${isOne ? 'has' : 'have'} changed`,
  asked: () => ': a question to you',
  review: () => ': your view is wanted',
  decided: (_, isOne) => ` ${isOne ? 'is' : 'are'} decided`,
  unreachable: () => ': the customer could not be told',
  unreached: (_, __, by) => `: a mail to ${by} did not arrive`,
}

const sentences: Record<StaffOccasion, (names: string, several: boolean, by: string) => string> = {
  yours: (names, several) => `${names} ${several ? 'are' : 'is'} yours to decide.`,
  escalated: (names, several) =>
    `${names} ${several ? 'were' : 'was'} not decided in time, or nobody was there who could. From now on you may decide ${several ? 'them' : 'it'}, too.`,
  reminded: (names, several) => `${names} still ${several ? 'wait' : 'waits'} for your decision.`,
  answered: (names, _, by) =>
    by === ''
      ? `Nobody has answered the question about ${names} in time.`
      : `${by} has answered the question about ${names}.`,
  changed: (names, several) =>
    `What ${names} ${several ? 'are' : 'is'} about has changed since you had it: look again before you decide.`,
  asked: (names, _, by) => `${by} asks you something about ${names}.`,
  review: (names, several) =>
    `${names} ${several ? 'are' : 'is'} being decided by others. If you know something that they should know, write a note.`,
  decided: (names, several, by) =>
    `What you asked for, ${names}, ${several ? 'are' : 'is'} decided${by === '' ? '' : ` by ${by}`}.`,
  unreachable: (names) =>
    `The customer could not be told about ${names}. Correct the address, or call them and write a note.`,
  unreached: (names, _, by) =>
    `A mail to ${by} about ${names} did not arrive; at the desk they see it all the same. Tell them, and correct their address in the roster. Of other mails to them you hear tomorrow again.`,
}

function factsOf(
  { orderId, order, cases, occasion, said }: StaffNews,
  until: Instant | null,
  written: ReturnType<typeof writtenFor>,
): StaffPart[] {
  const { customer, currency } = order
  const unique = (values: readonly string[]) => [...new Set(values)].filter((one) => one !== '')
  return [
    ...cases.flatMap(({ name, outcome }) => (occasion === 'decided' ? fact(name, outcome) : [])),
    ...fact('Why', unique(cases.map(({ rule }) => rule)).join(' ')),
    ...(occasion === 'asked' && said.text === ''
      ? fact('Question', unique(cases.map(({ question }) => question)).join(' '))
      : []),
    ...fact('Order', `${orderId}, ${written.amount(orderTotal(order), currency)}`),
    ...fact('Customer', customer.name),
    ...(occasion === 'decided'
      ? []
      : fact('Waits for it', listed(unique(cases.flatMap(({ holds }) => holds))))),
    ...(until === null || occasion === 'decided' ? [] : fact('Decide by', written.instant(until))),
  ]
}

function earliest(cases: readonly CaseNews[]): Instant | null {
  const deadlines = cases.flatMap(({ deadline }) => deadline ?? [])
  return deadlines.length === 0 ? null : Math.min(...deadlines)
}

/** Each opens the case with that action chosen; none of them acts by itself. */
function linksOf({ caseId, name, mayDo }: CaseNews, several: boolean): StaffPart[] {
  const of = several ? `: ${name}` : ''
  const actions = mayDo.flatMap((action) => {
    const label = labels[action]
    return label === undefined
      ? []
      : [{ kind: 'CASE_LINK' as const, text: `${label}${of}`, caseId, action: action.toLowerCase() }]
  })
  return [{ kind: 'CASE_LINK', text: `Open${several ? of : ' the case'}`, caseId, action: '' }, ...actions]
}

const labels: Partial<Record<Action, string>> = {
  APPROVE: 'Approve it',
  REJECT: 'Reject it',
  CORRECT: 'Put it right',
  ASK: 'Ask somebody',
  STOP: 'Stop the order',
  CLEAR: 'Clear the order',
  ANSWER: 'Answer',
  NOTE: 'Write a note',
}
