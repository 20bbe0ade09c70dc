import type { CaseDetail, CaseEvent, CaseSummary } from '../desk/answers.ts'
import { listOf, printable, tableOf } from '../terminal.ts'
import { clock, until } from '../times.ts'
import type { FoundCases, ShownCase } from './read-cases.ts'

export function casesText({ cases, total }: FoundCases, now: number): string {
  if (cases.length === 0) return 'No cases.\n'
  const rows = cases.map((one) => [
    ...[one.caseId, one.orderId, one.name, one.decider, dueText(one, now), one.holds.join(', ')],
    ...[one.customerName, amount(one)],
  ])
  const table = tableOf(['CASE', 'ORDER', 'NAME', 'DECIDES', 'DUE', 'HOLDS', 'CUSTOMER', 'TOTAL'], rows)
  return total > cases.length ? `${table}${cases.length} of ${total}; --limit shows more\n` : table
}

export function caseText({ case: one, events }: ShownCase, now: number): string {
  const evidence = one.evidence.map(
    ({ expression, value }) => `  ${printable(expression)} = ${printable(value)}\n`,
  )
  return [
    `${one.caseId}  ${printable(one.name)}\n\n`,
    listOf(factsOf(one, now)),
    evidence.length > 0 ? `\nWhy:\n${evidence.join('')}` : '',
    `\nWhat has happened:\n${eventsText(events)}`,
    one.status === 'CLOSED' ? '' : nextSteps(one),
  ].join('')
}

function factsOf(one: CaseDetail, now: number): [string, string][] {
  const facts: [string, string][] = [
    ['order', `${one.orderId}, revision ${one.revision}`],
    ['customer', one.customerName],
    ['total', amount(one)],
    ['rule', one.rule],
    ['status', one.status === 'CLOSED' ? `closed: ${one.outcome.toLowerCase()}` : one.status.toLowerCase()],
    [
      'owner',
      one.owner + (one.level > 0 ? `; ${one.decider} may decide as well now` : `, then ${one.backup}`),
    ],
    ['due', one.deadline ? `${clock(one.deadline)} (${until(one.deadline, now)})` : ''],
    ['holds', one.holds.join(', ')],
    ['actions', one.actions.join(', ').toLowerCase()],
    [
      'may correct',
      one.mayCorrect.join(', ') + (one.correctUntil ? `, until ${one.correctUntil} starts` : ''),
    ],
    ['closed by', one.closedBy && `${one.closedBy}: ${one.closedReason}`],
    ['digest', one.digest],
  ]
  return facts.filter(([, value]) => value !== '')
}

export function eventsText(events: readonly CaseEvent[]): string {
  return events
    .map(({ at, type, actor, reason, caseId, refused }) => {
      const who = actor.name || actor.subject
      return `  ${clock(at)}  ${caseId}  ${words(type)}${refused ? ` (${refused.code})` : ''} by ${printable(who)}${reason && `: ${printable(reason)}`}\n`
    })
    .join('')
}

const nextSteps = (one: CaseDetail): string =>
  `\nTo decide:\n${one.actions
    .map((action) => action.toLowerCase())
    .map((action) => {
      const set = action === 'correct' ? ` --set ${one.mayCorrect[0] ?? 'PATH'}=VALUE` : ''
      return `  holdpoint cases ${action} ${one.caseId} --as SUBJECT --reason "…"${set}\n`
    })
    .join('')}`

const dueText = (one: CaseSummary, now: number): string =>
  one.status === 'CLOSED' ? one.outcome.toLowerCase() : until(one.deadline, now)

/** For people: rounded to hundredths. `--json` shows the exact total. */
export const amount = ({ total, currency }: { total: string; currency: string }): string =>
  `${Number(total).toFixed(2)} ${currency}`

export const words = (symbol: string): string => symbol.toLowerCase().replaceAll('_', ' ')
