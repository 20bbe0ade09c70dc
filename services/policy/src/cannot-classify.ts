import type { ExceptionType } from './policy.ts'

/** The built-in type of what no rule could judge; every policy has it. */
export const cannotClassify = 'cannot-classify'

/** Names that no policy may give to a type of its own: `other` is for cases that staff raise by hand. */
export const reservedTypes: readonly string[] = [cannotClassify, 'other']

/** It holds every stage: a rule without an answer never counts as no. */
export function cannotClassifyType(
  orderOwner: string,
  backup: string,
  stages: readonly string[],
): ExceptionType {
  return {
    type: cannotClassify,
    name: 'Cannot be classified',
    kind: 'EXCEPTION',
    rule: 'A rule of the policy has no answer for this order.',
    when: '',
    basis: 'STANDING',
    owner: orderOwner,
    backup,
    ladder: [{ to: backup, after: null }],
    reviewers: [],
    requestedBy: [],
    answerWithin: { kind: 'elapsed', count: 4, unit: 'hour' },
    remindAtPercent: null,
    holds: [...stages],
    actions: ['APPROVE', 'REJECT', 'STOP'],
    mayCorrect: { fields: [], until: '' },
    fourEyes: false,
    clearance: false,
    customer: '',
  }
}
