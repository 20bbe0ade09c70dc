import { randomUUID } from 'node:crypto'
import type { Action } from '@holdpoint/schemas'
import type { Request } from 'express'
import { z } from 'zod'
import type { ActionAnswer } from '../actions.ts'
import { eventView } from '../read/case-events.ts'
import { findCase } from '../read/cases.ts'
import type { Person } from '../read/people.ts'
import { actorOf } from '../sign-in/roles.ts'
import { caseFor } from './case-view.ts'
import { caseParams, unknownCase } from './cases.ts'
import type { DeskParts } from './desk-parts.ts'
import { kafkaAway, kafkaUnknown } from './kafka-problems.ts'
import { Problem } from './problem.ts'
import { type Answer, type Operation, operation } from './route.ts'
import { CommandDone, CommandPending, Correction } from './shapes.ts'

const commandId = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 printable ASCII characters without spaces')

const actionBody = z.strictObject({
  action: z.enum(['approve', 'reject', 'correct', 'stop']),
  reason: z.string().max(4_000).default('').describe('Why; the router refuses an action without one'),
  digest: z.string().max(200).describe('Digest of the order as it was displayed'),
  corrections: z.array(Correction).max(200).default([]).describe('For correct: the fields to put right'),
})

const answers = {
  200: { about: 'The router carried it out.', body: CommandDone },
  202: { about: 'The router has not answered yet; ask GET /commands/{commandId}.', body: CommandPending },
}
const refused = 'The router refused it; `code` is the refusal code.'

export function actionOperations(parts: DeskParts): Operation[] {
  return [
    operation({
      id: 'act',
      method: 'post',
      path: '/cases/{caseId}/actions',
      summary: 'Decides a case. Waits up to 2 seconds for the answer.',
      access: 'signedIn',
      params: caseParams,
      headers: z.object({
        'idempotency-key': commandId
          .optional()
          .describe('Id of the command; the same id gives the same answer. Made up when absent.'),
      }),
      body: actionBody,
      answers,
      problems: {
        404: 'There is no such case.',
        409: refused,
        422: 'The order cannot take a value, or the Idempotency-Key belongs to another command.',
        503: 'Kafka is away; nothing was changed.',
      },
      handle: async ({ params, body, person, request }) => {
        const id = request.get('idempotency-key') ?? randomUUID()
        const answer = await parts.actions.act({
          ...body,
          commandId: id,
          caseId: params.caseId,
          action: body.action.toUpperCase() as Action,
          actor: actorOf(person as Person),
          channel: channelOf(request),
        })
        return answerFor(parts, id, answer, person, params.caseId)
      },
    }),
    operation({
      id: 'showCommand',
      method: 'get',
      path: '/commands/{commandId}',
      summary: 'The answer to an action that was sent earlier.',
      access: 'read',
      params: z.object({ commandId }),
      answers,
      problems: { 404: 'No such command was sent.', 409: refused },
      handle: async ({ params, person }) =>
        answerFor(parts, params.commandId, await parts.actions.answer(params.commandId), person),
    }),
  ]
}

async function answerFor(
  { database, now }: DeskParts,
  id: string,
  answer: ActionAnswer,
  person: Person | undefined,
  caseId = '',
): Promise<Answer> {
  switch (answer.kind) {
    case 'done': {
      const row = await findCase(database, answer.caseId)
      if (!row) throw unknownCase(answer.caseId)
      const shown = await caseFor(database, row, person, now())
      return {
        status: 200,
        body: { commandId: id, status: 'done', case: shown, events: answer.events.map(eventView) },
      }
    }
    case 'pending':
      return { status: 202, body: { commandId: id, status: 'pending' } }
    case 'refused':
      throw new Problem(409, answer.code, answer.message, { commandId: id })
    case 'unknownCase':
      throw unknownCase(caseId)
    case 'unknownCommand':
      throw new Problem(404, 'UNKNOWN_COMMAND', `No command ${id} was sent through this desk.`)
    case 'unfit':
      throw new Problem(422, 'VALUE_UNFIT', answer.problems.map(({ message }) => message).join(' '), {
        errors: answer.problems.map(({ index, part, message }) => ({
          path: `corrections.${index}.${part}`,
          message,
        })),
      })
    case 'keyReused':
      throw new Problem(
        422,
        'KEY_REUSED',
        `The Idempotency-Key ${id} belongs to another command. Use a new one.`,
      )
    case 'away':
      throw kafkaAway()
    case 'unknown':
      throw kafkaUnknown()
    default:
      return answer satisfies never
  }
}

function channelOf(request: Request): string {
  if (request.headers.authorization === undefined) return 'console'
  return /^holdpoint\b/.test(request.get('user-agent') ?? '') ? 'cli' : 'api'
}
