import { isBuiltIn } from '../built-in-types.ts'
import { knownPatterns } from '../condition/changes.ts'
import { readCondition } from '../condition/condition.ts'
import { vocabularyOf } from '../condition/vocabulary.ts'
import { checkPeople } from './check-people.ts'
import { checkTimes } from './check-times.ts'
import type { Checked } from './checked.ts'
import { suggest } from './did-you-mean.ts'
import { coversFields, reportRepeats } from './names.ts'
import type { ExceptionShape } from './shape.ts'
import type { SoundParts } from './sound-parts.ts'
import { actionsOf } from './to-policy.ts'
import type { YamlSource } from './yaml-source.ts'

export function checkException(type: string, parts: SoundParts, source: YamlSource): void {
  const checked = { type, one: parts.exceptions[type] ?? {}, parts, source }
  checkName(checked)
  checkCondition(checked)
  checkPeople(checked)
  checkTimes(checked)
  checkStages(checked)
  checkActions(checked)
  checkCorrection(checked)
  checkCustomer(checked)
  checkCompany(checked)
}

function checkName({ type, source }: Checked): void {
  if (isBuiltIn(type))
    source.reportName(['exceptions', type], `"${type}" is built in`, 'give the exception another name')
}

function checkCondition({ type, one: { when }, parts, source }: Checked): void {
  if (when === undefined || !parts.stages) return
  const read = readCondition(when, vocabularyOf(parts))
  if (!('problems' in read)) return
  for (const { at, message, hint } of read.problems)
    source.reportWithin(['exceptions', type, 'when'], at, message, hint)
}

function checkStages({ type, one, parts: { stages }, source }: Checked): void {
  for (const field of ['holds', 'stops'] as const) {
    const path = ['exceptions', type, field]
    const named = one[field] ?? []
    reportRepeats(named, path, source)
    for (const [index, stage] of named.entries())
      if (stages && !stages.includes(stage))
        source.report([...path, index], `there is no stage "${stage}"`, suggest(stage, stages))
  }
}

function checkActions({ type, one, source }: Checked): void {
  const { kind, actions = [] } = one
  const path = ['exceptions', type]
  reportRepeats(actions, [...path, 'actions'], source)
  if (kind === undefined) return
  checkApprovals({ kind, actions: one.actions }, one, path, source)
  checkStops({ kind, actions: one.actions }, one, path, source)
  const allowed = actionsOf({ kind, actions: one.actions })
  const corrects = allowed.includes('correct')
  const mayCorrect = one['may-correct'] !== undefined
  if (corrects && !mayCorrect)
    source.reportName(
      [...path, one.actions ? 'actions' : 'kind'],
      'nothing is said about what may be corrected',
      'write may-correct: { fields: [shipping.*], until: shipping }',
    )
  // Who approves may say other values.
  if (mayCorrect && !corrects && !allowed.includes('approve'))
    source.reportName(
      [...path, 'may-correct'],
      'neither correct nor approve is allowed',
      'add one of them to actions, or leave may-correct out',
    )
}

function checkApprovals(
  said: Pick<ExceptionShape, 'kind' | 'actions'>,
  { approvals, 'four-eyes': fourEyes }: Partial<ExceptionShape>,
  path: readonly string[],
  source: YamlSource,
): void {
  if (approvals === undefined || approvals < 2 || fourEyes || actionsOf(said).includes('approve')) return
  source.reportName(
    [...path, 'approvals'],
    'nobody can approve it',
    'add approve to actions, or leave approvals out',
  )
}

function checkStops(
  said: Pick<ExceptionShape, 'kind' | 'actions'>,
  { stops }: Partial<ExceptionShape>,
  path: readonly string[],
  source: YamlSource,
): void {
  const allowed = actionsOf(said)
  if (stops === undefined || allowed.includes('reject') || allowed.includes('stop')) return
  source.reportName(
    [...path, 'stops'],
    'nobody can reject or stop it',
    'add reject or stop to actions, or leave stops out',
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

function checkCompany({ type, one: { 'together-with': others = [] }, parts, source }: Checked): void {
  const path = ['exceptions', type, 'together-with']
  reportRepeats(others, path, source)
  for (const [index, other] of others.entries())
    if (!Object.hasOwn(parts.exceptions, other) || other === type)
      source.report(
        [...path, index],
        `there is no other exception "${other}"`,
        suggest(
          other,
          Object.keys(parts.exceptions).filter((name) => name !== type),
        ),
      )
}

function checkCustomer({ type, one: { customer }, parts: { messages }, source }: Checked): void {
  if (customer === undefined || !messages || Object.hasOwn(messages, customer)) return
  source.report(
    ['exceptions', type, 'customer'],
    `there is no message "${customer}"`,
    suggest(customer, Object.keys(messages)),
  )
}
