import type { CaseDetail, CaseEvent, CaseSummary, Receipt } from '@holdpoint/desk-contract'
import { shownAmount } from '@holdpoint/schemas'
import { listOf, printable, tableOf } from '../terminal.ts'
import { clock, duration, until } from '../times.ts'
import { nextSteps } from './next-steps.ts'
import type { FoundCases, ShownCase } from './read-cases.ts'

export function casesText({ cases, total }: FoundCases, now: number): string {
  if (cases.length === 0) return 'No cases.\n'
  const rows = cases.map((one) => [
    ...[one.caseId, one.orderId, one.name, one.decider, one.assignee?.name ?? '', dueText(one, now)],
    ...[one.holds.join(', '), one.customerName, amount(one)],
  ])
  const table = tableOf(
    ['CASE', 'ORDER', 'NAME', 'DECIDES', 'WHO HAS IT', 'DUE', 'HOLDS', 'CUSTOMER', 'TOTAL'],
    rows,
  )
  return total > cases.length ? `${table}${cases.length} of ${total}; --limit shows more\n` : table
}

/** `as`: who reads it, where that is known. */
export function caseText({ case: one, events, receipts }: ShownCase, now: number, as?: string): string {
  const evidence = one.evidence.map(
    ({ expression, value }) => `  ${printable(expression)} = ${printable(value)}\n`,
  )
  const proposed = one.proposal?.corrections ?? []
  return [
    `${one.caseId}  ${printable(one.name)}\n\n`,
    listOf(factsOf(one, now)),
    requestText(one),
    evidence.length > 0 ? `\nWhy:\n${evidence.join('')}` : '',
    proposed.length > 0 ? `\nProposed by ${printable(one.proposal?.by.name ?? '')}:\n` : '',
    ...proposed.map(
      ({ path, expected, value }) => `  ${path}: "${printable(expected)}" → "${printable(value)}"\n`,
    ),
    section(
      'Granted',
      one.granted.map(({ path, asked, given }) => `${path}: "${asked}" was asked for, "${given}" given`),
    ),
    section(
      'Notes',
      one.notes.map(({ by, text, at }) => `${clock(at)}  ${by.name || by.subject}: ${text}`),
    ),
    correctionText(one),
    `\nWhat has happened:\n${eventsText(events)}`,
    receipts.length > 0 ? `\nWhat became of the time to decide:\n${receipts.map(receiptText).join('')}` : '',
    nextSteps(one, as),
  ].join('')
}

/** What somebody asks for, or raised, in their own words. */
function requestText({ request, raisedBy, openedReason }: CaseDetail): string {
  if (!request) return raisedBy ? section('Raised', [`${raisedBy}: ${openedReason}`]) : ''
  const { by, role, kind, text, proposes } = request
  return section(`Asked for by ${by || 'somebody'}${role && ` (${role})`}`, [
    `${kind}${text && `: ${text}`}`,
    ...proposes.map(({ path, value }) => `${path} becomes "${value}"`),
  ])
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0
    ? ''
    : `\n${printable(title)}:\n${lines.map((line) => `  ${printable(line)}\n`).join('')}`

/** What was put right while the case goes on. */
function correctionText({ correction }: CaseDetail): string {
  if (!correction) return ''
  const who = printable(correction.by.name)
  const fields = correction.corrections.map(
    ({ path, expected, value }) => `  ${path}: "${printable(expected)}" → "${printable(value)}"\n`,
  )
  const said =
    correction.state === 'UNDER_WAY'
      ? `What ${who} put right is on its way into the order:`
      : `The rule still holds after what ${who} put right, so the case goes on:`
  return `\n${said}\n${fields.join('')}`
}

function factsOf(one: CaseDetail, now: number): [string, string][] {
  const { question, approvals } = one
  const facts: [string, string][] = [
    ['order', `${one.orderId}, revision ${one.revision}`],
    ['customer', one.customerName],
    ['total', amount(one)],
    ['rule', one.rule],
    ['status', one.status === 'CLOSED' ? `closed: ${one.outcome.toLowerCase()}` : one.status.toLowerCase()],
    ['raised by', one.raisedBy],
    [
      'owner',
      one.owner + (one.level > 0 ? `; ${one.decider} may decide as well now` : `, then ${one.backup}`),
    ],
    ['who has it', one.assignee ? `${one.assignee.name} (${one.assignee.subject})` : ''],
    ['due', one.deadline ? `${clock(one.deadline)} (${until(one.deadline, now)})` : ''],
    ['late since', one.lateSince ? `${clock(one.lateSince)} (${until(one.lateSince, now)})` : ''],
    ['question', question ? `to ${question.to}: ${question.text}` : ''],
    ['answer by', question ? `${clock(question.answerBy)} (${until(question.answerBy, now)})` : ''],
    ['approved', approvals.needed > 1 ? approvalsText(approvals) : ''],
    ['four eyes', one.fourEyes ? fourEyesText(one) : ''],
    ['holds', one.holds.join(', ')],
    ['a no stops', one.actions.includes('REJECT') || one.actions.includes('STOP') ? stopsText(one) : ''],
    [
      'may correct',
      one.mayCorrect.join(', ') + (one.correctUntil ? `, until ${one.correctUntil} starts` : ''),
    ],
    ['opened again', one.reopened > 0 ? `${one.reopened} times`.replace(/^1 times/, 'once') : ''],
    ['closed by', one.closedBy && `${one.closedBy}: ${one.closedReason}`],
    ['digest', one.digest],
  ]
  return facts.filter(([, value]) => value !== '')
}

/** A no to a request leaves the order as it was. */
function stopsText({ mayStop, actions, request }: CaseDetail): string {
  const stages = mayStop.join(', ') || 'all stages'
  return request && actions.includes('REJECT') ? `${stages}, by stop only` : stages
}

function approvalsText({ by, needed }: CaseDetail['approvals']): string {
  const names = by.map(({ name }) => name).join(', ')
  return `by ${by.length} of ${needed}${names && `: ${names}`}`
}

/** Who has to be two is told before the first of them acts. */
const fourEyesText = ({ proposal }: CaseDetail): string =>
  proposal
    ? `what ${proposal.by.name || proposal.by.subject} proposed is approved by somebody else`
    : 'two people: values that one sets, or grants otherwise, are approved by somebody else'

/** `--json` shows the instants and sums to the millisecond. */
function receiptText({ lines, ...receipt }: Receipt): string {
  const { startedAt, closedAt, within, owner, policyVersion, due, ranMs, pausedMs, closedMs } = receipt
  const end = closedAt ? `, closed ${clock(closedAt)}` : ''
  const head = `  from ${clock(startedAt)}${end}: ${within} of ${owner}, by policy version ${policyVersion}`
  return [
    `${head}; ${due ? `due ${clock(due)}` : 'no due instant while it waits'}\n`,
    ...lines.map(
      ({ from, to, kind }) =>
        `    ${clock(from)} to ${clock(to)}  ${did[kind]}  ${duration(Date.parse(to) - Date.parse(from))}\n`,
    ),
    `    in all: ran ${duration(ranMs)}, waited ${duration(pausedMs)}, closed ${duration(closedMs)}\n`,
  ].join('')
}

const did = { ran: 'ran   ', paused: 'waited', closed: 'closed' } as const

export function eventsText(events: readonly CaseEvent[]): string {
  return events
    .map((event) => {
      const { at, actor, reason, caseId, notice } = event
      // A message that was not sent says why beside its reason.
      const why = [reason, notice?.detail ?? ''].filter(Boolean).join(' ')
      const said = `${happenedText(event)} by ${actor.name || actor.subject}${why && `: ${why}`}`
      return `  ${clock(at)}  ${caseId}  ${printable(said + grantedText(event))}\n`
    })
    .join('')
}

function happenedText({ type, refused, question }: CaseEvent): string {
  if (refused) return `${words(type)} (${refused.code})`
  return type === 'ASKED' && question ? `asked ${question.to}` : words(type)
}

/** What was given where something else was asked for. */
function grantedText({ closed }: CaseEvent): string {
  const told = (closed?.asked ?? []).flatMap(({ path, value }) => {
    const given = closed?.corrections.find((one) => one.path === path)?.value
    return given === undefined ? [] : [`${path} "${given}" instead of "${value}"`]
  })
  return told.length === 0 ? '' : ` (given: ${told.join(', ')})`
}

export function dueText(one: CaseSummary, now: number): string {
  if (one.status === 'CLOSED') return one.outcome.toLowerCase()
  if (one.question) return `answer ${until(one.question.answerBy, now)}`
  return until(one.lateSince ?? one.deadline, now)
}

/** For people. `--json` shows the exact total. */
export const amount = ({ total, currency }: { total: string; currency: string }): string =>
  `${shownAmount(total, currency)} ${currency}`

export const words = (symbol: string): string => symbol.toLowerCase().replaceAll('_', ' ')
