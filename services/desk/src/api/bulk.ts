import { createHash } from 'node:crypto'
import { BulkBody, BulkDone } from '@holdpoint/desk-contract'
import { mostAtOnce } from '@holdpoint/policy/actions'
import type { Action } from '@holdpoint/schemas'
import { z } from 'zod'
import { caseSummary, findCases } from '../read/cases.ts'
import type { Person } from '../read/people.ts'
import type { ActionAnswer } from '../write/actions.ts'
import { type Asked, actFor } from './act-for.ts'
import { channelOf, commandHeaders, commandId, commandKey, problemOf } from './command-answer.ts'
import type { DeskParts } from './desk-parts.ts'
import { whileReading } from './kafka-problems.ts'
import { type Operation, operation } from './route.ts'

/** The same action on many cases: each is a command of its own, with an answer of its own. */
export function bulkOperations(parts: DeskParts): Operation[] {
  return [actOnMany(parts), showCommands(parts)]
}

function actOnMany(parts: DeskParts): Operation {
  return operation({
    id: 'actOnMany',
    method: 'post',
    path: '/cases/actions',
    summary: 'Does the same about many cases, each for itself. Waits up to 2 seconds for the answers.',
    access: 'signedIn',
    headers: commandHeaders,
    body: BulkBody,
    answers: { 200: { about: 'What became of each, in the order asked.', body: BulkDone } },
    handle: async ({ body: { action, reason, cases }, person, request }) => {
      const key = commandKey(request)
      const same = { action: action.toUpperCase() as Action, reason, channel: channelOf(request) }
      const asked = cases.map(({ caseId, digest = '' }) => {
        return { ...same, commandId: commandIdOf(key, caseId), caseId, digest }
      })
      const answers = await actFor(parts, person as Person, asked)
      return { status: 200, body: { outcomes: await outcomesOf(parts, asked, answers) } }
    },
  })
}

/** For those that were pending: one question for all of them, which sends nothing. */
function showCommands(parts: DeskParts): Operation {
  return operation({
    id: 'showCommands',
    method: 'post',
    path: '/commands/answers',
    summary: 'The answers to actions that were sent earlier, many at once. Changes nothing.',
    access: 'read',
    body: z.strictObject({
      commands: z
        .array(z.strictObject({ commandId, caseId: z.string().max(200) }))
        .min(1)
        .max(mostAtOnce),
    }),
    answers: { 200: { about: 'What became of each, in the order asked.', body: BulkDone } },
    handle: async ({ body: { commands } }) => {
      const answers = await Promise.all(commands.map(({ commandId }) => parts.actions.answer(commandId)))
      return { status: 200, body: { outcomes: await outcomesOf(parts, commands, answers) } }
    },
  })
}

/** The same key and case give the same command, so that a bulk that is sent again is carried out once. */
function commandIdOf(key: string, caseId: string): string {
  return createHash('sha256')
    .update(JSON.stringify([key, caseId]))
    .digest('hex')
}

type Sent = Pick<Asked, 'commandId' | 'caseId'>

/** What became of each, with the cases as they are now. */
async function outcomesOf(parts: DeskParts, sent: readonly Sent[], answers: readonly ActionAnswer[]) {
  const rows = await findCases(
    parts.database,
    sent.map(({ caseId }) => caseId),
  )
  return sent.map(({ caseId, commandId }, index) => {
    const row = rows.get(caseId)
    const outcome = told(parts, answers[index] as ActionAnswer, commandId, caseId)
    return { caseId, commandId, ...outcome, case: row ? caseSummary(row, parts.now()) : null }
  })
}

function told({ caughtUp }: DeskParts, answer: ActionAnswer, commandId: string, caseId: string) {
  if (answer.kind === 'done' || answer.kind === 'pending')
    return { status: answer.kind, code: '', message: '' }
  const { code, message, status } = whileReading(problemOf(answer, commandId, caseId), caughtUp)
  return { status: status === 503 ? 'failed' : 'refused', code, message }
}
