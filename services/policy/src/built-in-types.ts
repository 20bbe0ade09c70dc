import type { Action } from '@holdpoint/schemas'
import type { Within } from './calendar/index.ts'
import { heldMessage } from './messages/built-in-messages.ts'
import type { ExceptionType, Policy } from './policy.ts'

/** What no rule could judge. */
export const cannotClassify = 'cannot-classify'
/** The order owner's release of an order in which several holds met. */
export const clearance = 'clearance'
/** A stage is held or stopped that has started already. */
export const tooLate = 'too-late'
/** Upstream changed a field that somebody had put right. */
export const correctionOverridden = 'correction-overridden'
/** Somebody asks for what no rule names. */
export const unnamedRequest = 'unnamed-request'
/** The same, where the policy itself says the answer. */
export const answeredRequest = 'answered-request'
/** Somebody stopped the order: it stays in sight until its source cancels or changes it. */
export const stopped = 'stopped'
/** What staff raise by hand and nothing else names. */
export const other = 'other'

/** Names that no policy may give to a type of its own. */
export const builtInTypes: readonly string[] = [
  cannotClassify,
  clearance,
  tooLate,
  correctionOverridden,
  unnamedRequest,
  answeredRequest,
  stopped,
  other,
]

export const isBuiltIn = (type: string): boolean => builtInTypes.includes(type)

/**
 * The types that every policy has; all belong to the order owner, who has four hours, of working time where it keeps
 * any. No rule opens them but the router, or a person.
 */
export function builtInTypesOf({
  orderOwner,
  roles,
  stages,
}: Pick<Policy, 'orderOwner' | 'roles' | 'stages'>) {
  const { backup = '', calendar = '' } = roles.get(orderOwner) ?? {}
  const kind = calendar === '' ? 'elapsed' : 'open'
  const type = typeOwnedBy(orderOwner, backup, { kind, count: 4, unit: 'hour' })
  return [
    // It holds every stage: a rule without an answer never counts as no.
    type(cannotClassify, {
      name: 'Cannot be classified',
      rule: 'A rule of the policy has no answer for this order.',
      basis: 'STANDING',
      holds: [...stages],
      actions: ['APPROVE', 'REJECT', 'ASK', 'STOP'],
    }),
    type(clearance, {
      name: 'Clearance',
      kind: 'APPROVAL',
      rule: 'Several cases held the order, or one that asks for clearance: the order owner looks at all of it and releases it.',
      holds: [...stages],
      actions: ['CLEAR', 'ASK', 'STOP'],
    }),
    type(tooLate, {
      name: 'Too late to hold',
      rule: 'A stage had started before it was held or stopped: somebody has to tell those who do it.',
      actions: ['APPROVE', 'ASK', 'STOP'],
    }),
    type(correctionOverridden, {
      name: 'Correction overwritten',
      kind: 'CORRECTION',
      rule: 'The source of the order changed a field after somebody had put it right.',
      holds: [...stages],
      actions: ['APPROVE', 'ASK', 'STOP'],
    }),
    type(unnamedRequest, {
      name: 'Request that no rule names',
      rule: 'Somebody asks for something that no rule of the policy names. Approving it answers it, and changes nothing of the order.',
      basis: 'REQUEST',
      actions: ['APPROVE', 'REJECT', 'ASK', 'STOP'],
    }),
    // The router closes it as soon as it opens; a person may open it again.
    type(answeredRequest, {
      name: 'Request that the policy answers',
      rule: 'Somebody asks for something that no rule names, and the policy says what requests of that kind are answered.',
      basis: 'REQUEST',
      actions: ['APPROVE', 'REJECT', 'ASK', 'STOP'],
    }),
    // Nobody closes it: it ends when nothing stops the order any more.
    type(stopped, {
      name: 'Stopped order',
      rule: 'The order was stopped, and nobody has said what now: its source has to cancel or change it.',
      actions: ['ASK'],
    }),
    type(other, {
      name: 'Something else',
      rule: 'Somebody raised it by hand, since nothing in the policy names it.',
      holds: [...stages],
      customer: heldMessage,
      actions: ['APPROVE', 'REJECT', 'ASK', 'STOP'],
    }),
  ]
}

type Own = Partial<ExceptionType> & { name: string; rule: string; actions: Action[] }

const typeOwnedBy =
  (owner: string, backup: string, answerWithin: Within) =>
  (type: string, own: Own): ExceptionType => ({
    type,
    kind: 'EXCEPTION',
    when: '',
    basis: 'PERSON',
    owner,
    backup,
    ladder: [{ to: backup, after: null }],
    reviewers: [],
    requestedBy: [],
    answerWithin,
    remindAtPercent: null,
    holds: [],
    stops: [],
    mayCorrect: { fields: [], until: '' },
    fourEyes: false,
    approvals: 1,
    clearance: false,
    customer: '',
    ...own,
  })
