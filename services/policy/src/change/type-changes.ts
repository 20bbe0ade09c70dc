import { isBuiltIn } from '../built-in-types.ts'
import { withinInWords } from '../calendar/index.ts'
import type { ExceptionType, Policy } from '../policy.ts'
import { listed } from '../words/lists.ts'
import { shortened } from '../words/shortened.ts'
import { conditionChange } from './condition-change.ts'
import { groupDifference } from './difference.ts'
import { ladderChanges } from './ladder-changes.ts'
import { ended, saidIf } from './said.ts'

export function typeChanges(before: Policy, after: Policy): string[] {
  const { gone, added, kept } = groupDifference(ownTypes(before), ownTypes(after))
  const nameOf = namesOf(after)
  const oldNameOf = namesOf(before)
  return [
    ...gone.map(([type, { name }]) => `${name} (${type}) is no exception type any more.`),
    ...added.map(([, one]) => `${nameOf(one)} is a new exception type: ${ended(one.rule)}`),
    ...orderChange(
      kept.map(([type]) => type),
      before,
    ),
    ...kept.flatMap(([, was, is]) => fieldChanges({ old: oldNameOf(was), name: nameOf(is) }, was, is)),
    ...ladderChanges(kept, before, after, nameOf),
  ]
}

/** The built-in types follow from what is said of order owner and stages. */
function ownTypes({ types }: Policy): Map<string, ExceptionType> {
  return new Map([...types].filter(([type]) => !isBuiltIn(type)))
}

/** With its type where two have the same name. */
function namesOf({ types }: Policy): (one: ExceptionType) => string {
  const bearers = Map.groupBy(types.values(), ({ name }) => name)
  return ({ type, name }) => ((bearers.get(name)?.length ?? 0) > 1 ? `${name} (${type})` : name)
}

/** Cases are opened in the order of the file. */
function orderChange(kept: readonly string[], before: Policy): string[] {
  const was = [...before.types.keys()].filter((type) => kept.includes(type))
  return was.every((type, index) => type === kept[index])
    ? []
    : ['The exception types come in another order.']
}

interface Names {
  old: string
  name: string
}

function fieldChanges({ old, name }: Names, was: ExceptionType, is: ExceptionType): string[] {
  return [
    ...(was.name === is.name ? [] : [`${old} is now called ${name}.`]),
    ...saidIf(kinds[was.kind], kinds[is.kind], (kind) => `${name}: it is now ${kind}`),
    ...ruleChange(name, was, is),
    ...conditionChange(name, was, is),
    ...saidIf(was.owner, is.owner, (owner) => `${name}: ${owner} decides`),
    ...saidIf(
      withinInWords(was.answerWithin),
      withinInWords(is.answerWithin),
      (within) => `${name}: ${is.owner} answers within ${within}`,
    ),
    ...reminderChange(name, was, is),
    ...listChanges(name, was, is),
    ...saidIf(correctable(was), correctable(is), (fields) => `${name}: people may correct ${fields}`),
    ...saidIf(was.customer, is.customer, (message) => `${name}: the customer gets the message ${message}`),
    ...switchChange(was.fourEyes, is.fourEyes, `${name}: nobody decides on their own correction`),
    ...saidIf(approvers(was), approvers(is), (people) => `${name}: it takes the approval of ${people}`),
    ...switchChange(was.clearance, is.clearance, `${name}: the order owner releases the order at the end`),
  ]
}

const kinds = {
  APPROVAL: 'an approval',
  CORRECTION: 'a correction',
  EXCEPTION: 'an exception',
  UNKNOWN: 'of an unknown kind',
} satisfies Record<ExceptionType['kind'], string>

function ruleChange(name: string, was: ExceptionType, is: ExceptionType): string[] {
  if (was.rule === is.rule) return []
  return [`${name}: the rule now says "${is.rule}" (was: "${shortened(was.rule, is.rule)}").`]
}

function listChanges(name: string, was: ExceptionType, is: ExceptionType): string[] {
  return [
    ...saidIf(
      listed(was.reviewers) || 'nobody',
      listed(is.reviewers) || 'nobody',
      (roles) => `${name}: reviewed by ${roles}`,
    ),
    ...saidIf(
      listed(was.requestedBy) || 'anybody',
      listed(is.requestedBy) || 'anybody',
      (roles) => `${name}: may be asked for by ${roles}`,
    ),
    ...saidIf(
      listed(was.holds) || 'nothing',
      listed(is.holds) || 'nothing',
      (stages) => `${name}: holds ${stages}`,
    ),
    ...saidIf(
      listed(was.stops) || 'the whole order',
      listed(is.stops) || 'the whole order',
      (stages) => `${name}: a no stops ${stages}`,
    ),
    ...saidIf(actionsOf(was), actionsOf(is), (actions) => `${name}: people may ${actions}`),
  ]
}

const actionsOf = ({ actions }: ExceptionType): string =>
  listed(actions.map((action) => action.toLowerCase()))

function reminderChange(name: string, was: ExceptionType, is: ExceptionType): string[] {
  if (is.remindAtPercent === null && was.remindAtPercent !== null) return [`${name}: no reminder any more.`]
  return saidIf(reminder(was), reminder(is), (share) => `${name}: a reminder comes ${share}`)
}

const reminder = ({ remindAtPercent: share }: ExceptionType): string =>
  share === null ? 'none' : `after ${share} % of the time`

function correctable({ mayCorrect: { fields, until } }: ExceptionType): string {
  return fields.length === 0 ? 'nothing' : `${listed(fields)} until ${until} starts`
}

const approvers = ({ approvals }: ExceptionType): string =>
  approvals === 1 ? 'one person' : `${approvals} people`

function switchChange(was: boolean, is: boolean, sentence: string): string[] {
  if (was === is) return []
  return [is ? `${sentence}, from now on.` : `No longer: ${sentence}.`]
}
