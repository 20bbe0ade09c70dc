import type { Action, CaseKind } from '@holdpoint/schemas'
import { readAnswerWithin } from './answer-within.ts'
import { cannotClassify, cannotClassifyType } from './cannot-classify.ts'
import { readCondition } from './condition/condition.ts'
import type { ExceptionType, Policy } from './policy.ts'
import type { ActionName, ExceptionShape, PolicyShape } from './shape.ts'

/** The policy that a file without errors says. */
export function toPolicy(shape: PolicyShape): Policy {
  const { title, stages, roles, messages = {} } = shape
  const orderOwner = shape['order-owner']
  const types = Object.entries(shape.exceptions).map(([type, one]) => exceptionType(type, one, shape))
  const builtIn = cannotClassifyType(orderOwner, roles[orderOwner]?.backup ?? '', stages)
  return {
    title,
    orderOwner,
    stages,
    types: new Map([...types.map((one) => [one.type, one] as const), [cannotClassify, builtIn]]),
    messages: new Map(
      Object.entries(messages).map(([name, texts]) => [name, new Map(Object.entries(texts))]),
    ),
  }
}

function exceptionType(type: string, one: ExceptionShape, { stages, roles }: PolicyShape): ExceptionType {
  const { name, kind, rule, when, owner, reviewers = [], holds, customer } = one
  const condition = sound('condition', readCondition(when, stages))
  return {
    type,
    name,
    kind: kind.toUpperCase() as CaseKind,
    rule,
    when,
    basis: condition.basis,
    owner,
    backup: one.backup ?? roles[owner]?.backup ?? '',
    reviewers,
    answerWithinMs: sound('ms', readAnswerWithin(one['answer-within'])),
    holds,
    actions: actionsOf(one).map((action) => action.toUpperCase() as Action),
    mayCorrect: one['may-correct'] ?? { fields: [], until: '' },
    customer,
  }
}

/** Actions that a type allows; those that its kind calls for when it does not say. */
export function actionsOf({
  kind,
  actions,
}: Pick<ExceptionShape, 'kind' | 'actions'>): readonly ActionName[] {
  return actions ?? (kind === 'correction' ? ['correct', 'stop'] : ['approve', 'reject', 'stop'])
}

/** What was found sound before. */
function sound<Key extends string, Read extends object>(
  key: Key,
  read: Read,
): Extract<Read, Record<Key, unknown>>[Key] {
  if (!(key in read)) throw new Error(`A policy with errors was taken as sound: ${JSON.stringify(read)}`)
  return (read as Extract<Read, Record<Key, unknown>>)[key]
}
