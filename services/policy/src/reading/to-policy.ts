import type { Action, CaseKind } from '@holdpoint/schemas'
import { builtInTypesOf } from '../built-in-types.ts'
import { readShare, readWithin } from '../calendar/index.ts'
import { readCondition } from '../condition/condition.ts'
import { vocabularyOf } from '../condition/vocabulary.ts'
import { tagInCase } from '../language/tag.ts'
import type { ExceptionType, MessageText, Policy, RequestAnswer, Role } from '../policy.ts'
import { ladderOf } from './ladder.ts'
import type { ActionName, ExceptionShape, MessageShape, PolicyShape } from './shape.ts'
import { sound } from './sound-fields.ts'

/** The policy that a file without errors says. */
export function toPolicy(shape: PolicyShape): Policy {
  const { title, stages, calendars = {}, roles, messages = {}, requests = {}, company } = shape
  const orderOwner = shape['order-owner']
  const silence = shape['customer-silence']
  const types = Object.entries(shape.exceptions).map(([type, one]) => exceptionType(type, one, shape))
  const roleMap = new Map(Object.entries(roles).map(([name, role]) => [name, roleOf(role)]))
  const builtIn = builtInTypesOf({ orderOwner, roles: roleMap, stages })
  return {
    title,
    orderOwner,
    stages,
    calendars,
    roles: roleMap,
    types: new Map([...types, ...builtIn].map((one) => [one.type, one])),
    // Nobody else has decided it in time: somebody has to look now.
    alwaysTold: shape['always-told'] ?? ['escalated'],
    company: company === undefined ? null : { email: '', phone: '', ...company },
    messages: new Map(Object.entries(messages).map(([name, texts]) => [name, textsOf(texts)] as const)),
    customerSilence: silence === undefined ? null : sound('within', readWithin(silence)),
    requests: new Map(
      Object.entries(requests).map(([kind, answer]) => [kind, answer.toUpperCase() as RequestAnswer]),
    ),
  }
}

const roleOf = ({ calendar = '', backup = '' }: PolicyShape['roles'][string]): Role => ({ calendar, backup })

function textsOf(texts: MessageShape): Map<string, MessageText> {
  return new Map(
    Object.entries(texts).map(([language, { body: _, ...parts }]) => [
      tagInCase(language),
      { ...noParts, ...Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, text.trim()])) },
    ]),
  )
}

const noParts: MessageText = {
  ...{ subject: '', about: '', asks: '' },
  ...{ approved: '', rejected: '', corrected: '', stopped: '', settled: '' },
}

function exceptionType(type: string, one: ExceptionShape, shape: PolicyShape): ExceptionType {
  const { name, kind, rule, when, owner, reviewers = [], holds, stops = [], customer } = one
  const condition = sound('condition', readCondition(when, vocabularyOf(shape)))
  const ladder = ladderOf(one, shape).map(({ to, after }) => ({
    to,
    after: after === null ? null : sound('within', readWithin(after)),
  }))
  return {
    type,
    name,
    kind: kind.toUpperCase() as CaseKind,
    rule,
    when,
    basis: condition.basis,
    owner,
    backup: ladder[0]?.to ?? '',
    ladder,
    reviewers,
    requestedBy: one['requested-by'] ?? [],
    answerWithin: sound('within', readWithin(one['answer-within'])),
    remindAtPercent: one['remind-at'] === undefined ? null : sound('percent', readShare(one['remind-at'])),
    holds,
    stops,
    actions: actionsOf(one).map((action) => action.toUpperCase() as Action),
    mayCorrect: one['may-correct'] ?? { fields: [], until: '' },
    fourEyes: one['four-eyes'] ?? false,
    approvals: one.approvals ?? 1,
    clearance: one.clearance ?? false,
    customer,
  }
}

/** Actions that a type allows; those that its kind calls for when it does not say. */
export function actionsOf({
  kind,
  actions,
}: Pick<ExceptionShape, 'kind' | 'actions'>): readonly ActionName[] {
  return (
    actions ?? (kind === 'correction' ? ['correct', 'ask', 'stop'] : ['approve', 'reject', 'ask', 'stop'])
  )
}
