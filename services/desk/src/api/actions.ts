import type { Action } from '@holdpoint/schemas'
import { z } from 'zod'
import type { ActionAnswer } from '../actions.ts'
import type { Person } from '../read/people.ts'
import { actorOf } from '../sign-in/roles.ts'
import { actFor } from './act-for.ts'
import { Correction } from './case-shapes.ts'
import { caseParams } from './cases.ts'
import {
  answerFor,
  channelOf,
  commandAnswers,
  commandHeaders,
  commandId,
  commandKey,
  commandProblems,
  reasonShape,
  refused,
} from './command-answer.ts'
import type { DeskParts } from './desk-parts.ts'
import { type Operation, operation } from './route.ts'

/** What ends a case is bound to the order as it was displayed. */
const bound = ['approve', 'reject', 'correct', 'stop', 'clear']
const around = ['ask', 'answer', 'note', 'claim', 'reassign', 'reopen', 'replan']

export const isBound = (action: string): boolean => bound.includes(action)

/** Which actions a field goes with; elsewhere it would be passed over without a word. */
const goesWith = { to: ['ask', 'reassign'], within: ['ask'], wholeOrder: ['stop'] } as const

export const missingDigest =
  'say which state of the order was displayed: the digest that the case was shown with'

const actionBody = z
  .strictObject({
    action: z.enum([...bound, ...around]),
    reason: reasonShape.describe(
      'Why; for ask the question, for answer the answer, for note the note. The router refuses an action without one, but claim',
    ),
    digest: z
      .string()
      .max(200)
      .optional()
      .describe(`Digest of the order as it was displayed, for ${bound.join(', ')}`),
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
  })
  .superRefine(({ action, digest, ...given }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (isBound(action) && digest === undefined) issue('digest', missingDigest)
    for (const [field, actions] of Object.entries(goesWith))
      if (given[field as keyof typeof goesWith] && !(actions as readonly string[]).includes(action))
        issue(field, `goes with ${actions.join(' and ')}, not with ${action}`)
  })

export function actionOperations(parts: DeskParts): Operation[] {
  return [
    operation({
      id: 'act',
      method: 'post',
      path: '/cases/{caseId}/actions',
      summary: 'Does something about a case. Waits up to 2 seconds for the answer.',
      access: 'signedIn',
      params: caseParams,
      headers: commandHeaders,
      body: actionBody,
      answers: commandAnswers,
      problems: { 404: 'There is no such case.', ...commandProblems },
      handle: async ({ params: { caseId }, body: { digest = '', ...body }, person, request }) => {
        const id = commandKey(request)
        const asked = {
          ...body,
          digest,
          commandId: id,
          caseId,
          action: body.action.toUpperCase() as Action,
          channel: channelOf(request),
        }
        const [answer] = await actFor(parts, person as Person, [asked])
        return answerFor(parts, id, answer as ActionAnswer, person, caseId)
      },
    }),
    operation({
      id: 'raiseCase',
      method: 'post',
      path: '/orders/{orderId}/cases',
      summary: 'Opens a case by hand. Waits up to 2 seconds for the answer.',
      access: 'signedIn',
      params: z.object({ orderId: z.string().min(1).max(400) }),
      headers: commandHeaders,
      body: z.strictObject({
        type: z
          .string()
          .max(200)
          .default('other')
          .describe('Exception type; other for what the policy has no name for'),
        reason: reasonShape.describe('What is the matter'),
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
        recall: z
          .boolean()
          .default(false)
          .describe('Whether stages that were released already are called back'),
      }),
      answers: commandAnswers,
      problems: commandProblems,
      handle: async ({ params: { orderId }, body, person, request }) => {
        const id = commandKey(request)
        const answer = await parts.actions.raise({
          ...body,
          commandId: id,
          orderId,
          actor: actorOf(person as Person),
          channel: channelOf(request),
        })
        return answerFor(parts, id, answer, person)
      },
    }),
    operation({
      id: 'showCommand',
      method: 'get',
      path: '/commands/{commandId}',
      summary: 'The answer to an action that was sent earlier.',
      access: 'read',
      params: z.object({ commandId }),
      answers: commandAnswers,
      problems: { 404: 'No such command was sent.', 409: refused },
      handle: async ({ params, person }) =>
        answerFor(parts, params.commandId, await parts.actions.answer(params.commandId), person),
    }),
  ]
}
