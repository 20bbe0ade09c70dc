import {
  type ActionField,
  actionRules,
  type KnownAction,
  knownActions,
  mostAtOnce,
} from '@holdpoint/policy/actions'
import { z } from 'zod'
import { Correction } from './cases.ts'
import { saidWhy } from './registry.ts'

/** An action as the API spells it. */
export type ActionName = Lowercase<KnownAction>

const spelt = (action: KnownAction) => action.toLowerCase() as ActionName
const which = (wanted: (action: KnownAction) => boolean) => knownActions.filter(wanted).map(spelt)
const taking = (field: ActionField) => which((action) => actionRules[action].takes.includes(field))
const ending = which((action) => actionRules[action].ends)

const own = (action: ActionName) => actionRules[action.toUpperCase() as KnownAction]

const missingDigest = 'say which state of the order was displayed: the digest that the case was shown with'

const reason = z.string().max(4_000).default('')
const digest = z.string().max(200).optional()

export const ActionBody = z
  .strictObject({
    action: z.enum(which(() => true)),
    reason: reason.describe(
      'Why; for ask the question, for answer the answer, for note the note. The router refuses an action without one, but claim',
    ),
    digest: digest.describe(`Digest of the order as it was displayed, for ${ending.join(', ')}`),
    corrections: z
      .array(Correction)
      .max(200)
      .default([])
      .describe(
        'For correct: the fields to put right; for approve: other values than were asked for; for answer: those that the answer gives',
      ),
    to: z
      .string()
      .max(200)
      .default('')
      .describe('For ask: customer, requester or a role; for reassign: the subject of the person'),
    within: z
      .string()
      .max(60)
      .default('')
      .describe("For ask: the time to answer, such as 1 working day; empty for the type's own"),
    wholeOrder: z
      .boolean()
      .default(false)
      .describe('For stop: all stages, and every open case, where the type stops only some'),
    forCustomer: z
      .string()
      .max(1_000)
      .default('')
      .describe(
        'For what ends a case: what the customer reads of it in their next letter, in their language; the reason stays in the house',
      ),
  })
  .superRefine(({ action, digest, ...given }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (own(action).ends && digest === undefined) issue('digest', missingDigest)
    for (const field of ['to', 'within', 'wholeOrder', 'forCustomer'] as const)
      if (given[field] && !own(action).takes.includes(field))
        issue(field, `goes with ${taking(field).join(' and ')}, not with ${action}`)
  })

export const BulkBody = z
  .strictObject({
    action: z.enum(which((action) => actionRules[action].many)),
    reason: reason.describe('Why, for each of them'),
    cases: z
      .array(
        z.strictObject({
          caseId: z.string().max(200),
          digest: digest.describe('Digest of its order as it was displayed'),
        }),
      )
      .min(1)
      .max(mostAtOnce),
  })
  .superRefine(({ action, cases }, context) => {
    if (!own(action).ends) return
    for (const [index, { digest }] of cases.entries())
      if (digest === undefined)
        context.addIssue({ code: 'custom', path: ['cases', index, 'digest'], message: missingDigest })
  })

export const RaiseBody = z.strictObject({
  type: z
    .string()
    .max(200)
    .default('other')
    .describe('Exception type; other for what the policy has no name for'),
  reason: reason.describe('What is the matter'),
  corrections: z
    .array(Correction)
    .max(200)
    .default([])
    .describe('Fields that an approval of the case would set'),
  holds: z
    .array(z.string().max(100))
    .max(50)
    .default([])
    .describe(
      'Stages that wait for it. Without any, what its type holds and has neither started nor been released; nothing for a wish',
    ),
  recall: z.boolean().default(false).describe('Whether stages that were released already are called back'),
})

export const ForgetBody = z.strictObject({
  customerId: z.string().min(1).max(400).describe('The customer, as upstream names them'),
  orders: z
    .array(z.string().min(1).max(400))
    .max(1_000)
    .default([])
    .describe('Their orders that the desk does not know any more, or not as theirs'),
  reason: saidWhy.describe('Why; it stays readable for ever, so name nobody in it'),
  dryRun: z.boolean().default(false).describe('Only say which orders it would be'),
})
