import { randomUUID } from 'node:crypto'
import { CommandDone, CommandPending } from '@holdpoint/desk-contract'
import type { Request } from 'express'
import { z } from 'zod'
import { eventView } from '../read/case-events.ts'
import { findCase } from '../read/cases.ts'
import type { Person } from '../read/people.ts'
import type { ActionAnswer } from '../write/actions.ts'
import { caseFor } from './case-view.ts'
import { unknownCase } from './cases.ts'
import type { DeskParts } from './desk-parts.ts'
import { kafkaAway, kafkaUnknown } from './kafka-problems.ts'
import { Problem } from './problem.ts'
import type { Answer } from './route.ts'

export const commandId = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 printable ASCII characters without spaces')

export const commandHeaders = z.object({
  'idempotency-key': commandId
    .optional()
    .describe('Id of the command; the same id gives the same answer. Made up when absent.'),
})

export const commandKey = (request: Request): string => request.get('idempotency-key') ?? randomUUID()

export const commandAnswers = {
  200: { about: 'The router carried it out.', body: CommandDone },
  202: { about: 'The router has not answered yet; ask GET /commands/{commandId}.', body: CommandPending },
}

export const refused = 'It was refused; `code` is the refusal code.'

export const commandProblems = {
  409: refused,
  422: 'The order cannot take a value, or the Idempotency-Key belongs to another command.',
  503: 'Kafka is away; nothing was changed.',
} as const

/** What became of a command, as the person who asks sees its case. Everything but done and pending is a problem. */
export async function answerFor(
  parts: DeskParts,
  id: string,
  answer: ActionAnswer,
  person: Person | undefined,
  caseId = '',
): Promise<Answer> {
  if (answer.kind === 'pending') return { status: 202, body: { commandId: id, status: 'pending' } }
  if (answer.kind !== 'done') throw problemOf(answer, id, caseId)
  const row = await findCase(parts.database, answer.caseId)
  if (!row) throw unknownCase(answer.caseId)
  const shown = await caseFor(parts, row, person)
  return {
    status: 200,
    body: { commandId: id, status: 'done', case: shown, events: answer.events.map(eventView) },
  }
}

export type NotDone = Exclude<ActionAnswer, { kind: 'done' | 'pending' }>

export function problemOf(answer: NotDone, id: string, caseId: string): Problem {
  switch (answer.kind) {
    case 'refused':
      return new Problem(409, answer.code, answer.message, { commandId: id })
    case 'unknownCase':
      return unknownCase(caseId)
    case 'unknownCommand':
      return new Problem(404, 'UNKNOWN_COMMAND', `No command ${id} was sent through this desk.`)
    case 'unfit':
      return new Problem(422, 'VALUE_UNFIT', answer.problems.map(({ message }) => message).join(' '), {
        errors: answer.problems.map(({ index, part, message }) => ({
          path: `corrections.${index}.${part}`,
          message,
        })),
      })
    case 'keyReused':
      return new Problem(
        422,
        'KEY_REUSED',
        `The Idempotency-Key ${id} belongs to another command. Use a new one.`,
      )
    case 'away':
      return kafkaAway()
    case 'unknown':
      return kafkaUnknown()
    default:
      return answer satisfies never
  }
}

export function channelOf(request: Request): string {
  if (request.headers.authorization === undefined) return 'console'
  return /^holdpoint\b/.test(request.get('user-agent') ?? '') ? 'cli' : 'api'
}
