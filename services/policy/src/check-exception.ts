import { readAnswerWithin } from './answer-within.ts'
import { reservedTypes } from './cannot-classify.ts'
import { coversFields, isRole, noRole, type Roles, reportRepeats } from './check-meaning.ts'
import { knownPatterns } from './condition/changes.ts'
import { readCondition } from './condition/condition.ts'
import { suggest } from './did-you-mean.ts'
import type { ExceptionShape } from './shape.ts'
import type { SoundParts } from './sound-parts.ts'
import { actionsOf } from './to-policy.ts'
import type { YamlSource } from './yaml-source.ts'

/** One exception type, and where to report what is wrong with it. */
interface Checked {
  type: string
  one: Partial<ExceptionShape>
  parts: SoundParts
  source: YamlSource
}

export function checkException(type: string, parts: SoundParts, source: YamlSource): void {
  const checked = { type, one: parts.exceptions[type] ?? {}, parts, source }
  checkName(checked)
  checkCondition(checked)
  checkPeople(checked)
  checkReviewers(checked)
  checkTime(checked)
  checkHolds(checked)
  checkActions(checked)
  checkCorrection(checked)
  checkCustomer(checked)
}

function checkName({ type, source }: Checked): void {
  if (reservedTypes.includes(type))
    source.reportName(['exceptions', type], `"${type}" is built in`, 'give the exception another name')
}

function checkCondition({ type, one: { when }, parts: { stages }, source }: Checked): void {
  if (when === undefined || !stages) return
  const read = readCondition(when, stages)
  if (!('problems' in read)) return
  for (const { at, message, hint } of read.problems)
    source.reportWithin(['exceptions', type, 'when'], at, message, hint)
}

function checkPeople(checked: Checked): void {
  const { type, one, parts, source } = checked
  const { roles } = parts
  const { owner } = one
  if (!roles || owner === undefined) return
  if (isRole(owner, roles)) checkBackup(checked, owner, roles)
  else source.report(['exceptions', type, 'owner'], ...noRole(owner, roles))
}

function checkBackup({ type, one: { backup }, source }: Checked, owner: string, roles: Roles): void {
  const path = ['exceptions', type, 'backup']
  if (backup === undefined && roles[owner]?.backup === undefined)
    source.report(
      ['exceptions', type, 'owner'],
      `nobody decides when ${owner} is late`,
      `write backup: … here, or under roles: ${owner}: { backup: … }`,
    )
  if (backup === undefined) return
  if (!isRole(backup, roles)) source.report(path, ...noRole(backup, roles))
  else if (backup === owner) source.report(path, 'owner and backup are the same role', 'name another role')
}

function checkReviewers({ type, one: { owner, reviewers = [] }, parts: { roles }, source }: Checked): void {
  const path = ['exceptions', type, 'reviewers']
  reportRepeats(reviewers, path, source)
  for (const [index, reviewer] of reviewers.entries()) {
    if (roles && !isRole(reviewer, roles)) source.report([...path, index], ...noRole(reviewer, roles))
    else if (reviewer === owner)
      source.report(
        [...path, index],
        `"${reviewer}" owns the case and decides it`,
        'reviewers only comment: leave the owner out',
      )
  }
}

function checkTime({ type, one: { 'answer-within': text }, source }: Checked): void {
  if (text === undefined) return
  const read = readAnswerWithin(text)
  if ('problem' in read)
    source.report(
      ['exceptions', type, 'answer-within'],
      read.problem,
      'write 30 minutes, 1 hour, 2 hours, 1 day or 3 days; at most 365 days',
    )
}

function checkHolds({ type, one: { holds = [] }, parts: { stages }, source }: Checked): void {
  const path = ['exceptions', type, 'holds']
  reportRepeats(holds, path, source)
  for (const [index, stage] of holds.entries())
    if (stages && !stages.includes(stage))
      source.report([...path, index], `there is no stage "${stage}"`, suggest(stage, stages))
}

function checkActions({ type, one, source }: Checked): void {
  const { kind, actions = [] } = one
  const path = ['exceptions', type]
  reportRepeats(actions, [...path, 'actions'], source)
  if (kind === undefined) return
  const corrects = actionsOf({ kind, actions: one.actions }).includes('correct')
  const mayCorrect = one['may-correct'] !== undefined
  if (corrects && !mayCorrect)
    source.reportName(
      [...path, one.actions ? 'actions' : 'kind'],
      'nothing is said about what may be corrected',
      'write may-correct: { fields: [shipping.*], until: shipping }',
    )
  if (mayCorrect && !corrects)
    source.reportName(
      [...path, 'may-correct'],
      'the action "correct" is not allowed',
      'add correct to actions, or leave may-correct out',
    )
}

function checkCorrection({
  type,
  one: { 'may-correct': mayCorrect },
  parts: { stages },
  source,
}: Checked): void {
  if (!mayCorrect) return
  const path = ['exceptions', type, 'may-correct']
  const { fields, until } = mayCorrect
  reportRepeats(fields, [...path, 'fields'], source)
  for (const [index, field] of fields.entries())
    if (!coversFields(field))
      source.report(
        [...path, 'fields', index],
        `an order has no field ${field.slice(0, 100)}`,
        suggest(field, knownPatterns()),
      )
  if (stages && !stages.includes(until))
    source.report([...path, 'until'], `there is no stage "${until}"`, suggest(until, stages))
}

function checkCustomer({ type, one: { customer }, parts: { messages = {} }, source }: Checked): void {
  if (customer === undefined || Object.hasOwn(messages, customer)) return
  source.report(
    ['exceptions', type, 'customer'],
    `there is no message "${customer}"`,
    suggest(customer, Object.keys(messages)),
  )
}
