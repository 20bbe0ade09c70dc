import { ActionBody, RaiseBody } from '@holdpoint/desk-contract'
import type { Action } from '@holdpoint/schemas'
import { z } from 'zod'
import type { Person } from '../read/people.ts'
import { actorOf } from '../sign-in/roles.ts'
import type { ActionAnswer } from '../write/actions.ts'
import { actFor } from './act-for.ts'
import { caseParams } from './cases.ts'
import {
  answerFor,
  channelOf,
  commandAnswers,
  commandHeaders,
  commandId,
  commandKey,
  commandProblems,
  refused,
} from './command-answer.ts'
import type { DeskParts } from './desk-parts.ts'
import { type Operation, operation } from './route.ts'

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
      body: ActionBody,
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
      body: RaiseBody,
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
