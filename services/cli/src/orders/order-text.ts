import type { DeadLetter, OrderView } from '@holdpoint/desk-contract'
import { amount, dueText, eventsText, words } from '../cases/case-text.ts'
import { listOf, printable } from '../terminal.ts'
import { clock } from '../times.ts'

/** One order with everything on it, for people. */
export function orderText(view: OrderView, now: number): string {
  return [
    `${view.orderId}  revision ${view.revision}${view.cancelled ? ', cancelled' : ''}\n\n`,
    view.order ? listOf(factsOf(view)) : '',
    section(
      'Stages',
      view.verdicts.map(
        (verdict) =>
          `${verdict.stage}: ${verdict.verdict}${behindText(verdict, view)}${reported(view, verdict.stage)}`,
      ),
    ),
    section(
      'Cases',
      view.cases.map((one) => `${one.caseId}  ${printable(one.name)}: ${standing(one, now)}`),
    ),
    section(
      'Revisions',
      view.revisions.flatMap(({ revision, at, cause, changes }) => [
        `${revision}  ${clock(at)}  ${causeText(cause)} (${printable(cause.eventId)})`,
        ...(revision === 1 ? [] : changes.map(changeText)),
      ]),
    ),
    section(
      'Decisions',
      view.decisions.map(
        ({ sequence, revision, verdicts, at }) =>
          `${sequence}  ${clock(at)}  revision ${revision}: ${verdicts.map(({ stage, verdict }) => `${stage} ${verdict}`).join(', ')}`,
      ),
    ),
    view.events.length > 0 ? `\nWhat has happened to its cases:\n${eventsText(view.events)}` : '',
    section('Messages', view.notices.map(noticeText)),
    section('Dead letters', view.deadLetters.map(deadLetterLine)),
  ].join('')
}

/** A case holds what it says, or the order waits for its clearance, which comes once the case is over. */
function behindText({ stage, verdict, caseIds }: Verdict, { cases }: OrderView): string {
  if (caseIds.length === 0) return ''
  const ids = caseIds.join(', ')
  const about = cases.filter(({ caseId }) => caseIds.includes(caseId))
  const waitsForClearance =
    verdict === 'HOLD' && about.length > 0 && about.every(({ holds }) => !holds.includes(stage))
  return waitsForClearance
    ? ` (for the clearance of the order, once ${ids} ${caseIds.length === 1 ? 'is' : 'are'} decided)`
    : ` (${ids})`
}

type Verdict = OrderView['verdicts'][number]

/** To whom, how and about what; as far as the desk has read that by now. */
function noticeText({
  noticeId,
  attempt,
  status,
  detail,
  at,
  ...told
}: OrderView['notices'][number]): string {
  const { channel, to, address, caseIds, subject } = told
  const whom = [to, address && (to ? `<${address}>` : address)].filter(Boolean).join(' ')
  const parts = [
    whom && `to ${whom}`,
    channel && `by ${channelWords[channel] ?? words(channel)}`,
    caseIds.length > 0 ? `about ${caseIds.join(', ')}` : '',
    attempt > 1 ? `attempt ${attempt}` : '',
  ].filter(Boolean)
  const about = [parts.join(', '), subject && `“${subject}”`].filter(Boolean).join(': ')
  return `${clock(at)}  ${noticeId}  ${printable([about, `${words(status)} ${detail}`.trim()].filter(Boolean).join('; '))}`
}

const channelWords: Readonly<Record<string, string>> = {
  EMAIL: 'e-mail',
  CHAT: 'chat',
  WEBHOOK: 'webhook',
  DESK: 'note at the desk',
}

function standing(one: OrderView['cases'][number], now: number): string {
  if (one.status === 'CLOSED') return words(one.outcome)
  return `${words(one.status)} with ${one.assignee?.name ?? one.decider}, ${dueText(one, now)}`
}

function factsOf({ order, total }: OrderView): [string, string][] {
  const { customer, shipping, billing, lines, currency } = order as unknown as {
    customer: { id: string; name: string; country: string }
    shipping: Record<'street' | 'city' | 'region' | 'postalCode' | 'country', string>
    billing: { terms: string; purchaseOrder: string }
    lines: unknown[]
    currency: string
  }
  const { street, city, region, postalCode, country } = shipping
  const facts: [string, string][] = [
    ['customer', [customer.name, customer.id, customer.country].filter(Boolean).join(', ')],
    ['total', `${amount({ total, currency })} in ${lines.length} line${lines.length === 1 ? '' : 's'}`],
    ['ship to', [street, city, region, postalCode, country].filter(Boolean).join(', ')],
    ['terms', [billing.terms, billing.purchaseOrder].filter(Boolean).join(', ')],
  ]
  return facts.filter(([, value]) => value !== '')
}

/** A correction is a cause of its own, and no kind of event. */
const causeText = ({ kind, source }: { kind: string; source: string }): string =>
  kind === 'UNKNOWN' ? printable(source) : `${words(kind)} by ${printable(source)}`

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `\n${title}:\n${lines.map((line) => `  ${line}\n`).join('')}`

const reported = ({ stages }: OrderView, stage: string): string =>
  stages[stage] ? `, ${words(stages[stage])} downstream` : ''

const changeText = ({ path, from, to, by, why }: OrderView['revisions'][number]['changes'][number]): string =>
  `   ${path}: "${printable(from)}" → "${printable(to)}" by ${printable(by)}${why && `, ${printable(why)}`}`

export const deadLetterLine = (letter: DeadLetter): string => {
  const { topic, partition, offset, code, problems, at } = letter
  const wrong = problems.map(({ path, message }) => printable(`${path} ${message}`.trim())).join('; ')
  return `${clock(at)}  ${topic} ${partition} ${offset}  ${code}: ${wrong}${replayText(letter)}`
}

/** Empty for a record that nobody has replayed. */
export function replayText({ replay }: DeadLetter): string {
  if (!replay) return ''
  const { by, at, reason, refusedAgain } = replay
  const again = refusedAgain ? `; refused again, see ${Object.values(refusedAgain).join(' ')}` : ''
  return ` (replayed ${clock(at)} by ${printable(by.name)}: ${printable(reason)}${again})`
}
