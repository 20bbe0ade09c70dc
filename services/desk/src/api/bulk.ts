import { createHash } from 'node:crypto'
import type { Action } from '@holdpoint/schemas'
import { z } from 'zod'
import type { ActionAnswer } from '../actions.ts'
import { caseSummary, findCase } from '../read/cases.ts'
import type { Person } from '../read/people.ts'
import { actorOf } from '../sign-in/roles.ts'
import { isBound, missingDigest } from './actions.ts'
import { BulkDone } from './case-shapes.ts'
import { channelOf, commandHeaders, commandKey, problemOf, reasonShape } from './command-answer.ts'
import type { DeskParts } from './desk-parts.ts'
import { type Operation, operation } from './route.ts'

const bulkBody = z
  .strictObject({
    action: z.enum(['approve', 'reject', 'stop', 'clear', 'claim', 'note', 'replan']),
    reason: reasonShape.describe('Why, for each of them'),
    cases: z
      .array(
        z.strictObject({
          caseId: z.string().max(200),
          digest: z.string().max(200).optional().describe('Digest of its order as it was displayed'),
        }),
      )
      .min(1)
      .max(200),
  })
  .superRefine(({ action, cases }, context) => {
    if (!isBound(action)) return
    for (const [index, { digest }] of cases.entries())
      if (digest === undefined)
        context.addIssue({ code: 'custom', path: ['cases', index, 'digest'], message: missingDigest })
  })

/** The same action on many cases: each is a command of its own, with an answer of its own. */
export function bulkOperations(parts: DeskParts): Operation[] {
  return [
    operation({
      id: 'actOnMany',
      method: 'post',
      path: '/cases/actions',
      summary: 'Does the same about many cases, each for itself. Waits up to 2 seconds for the answers.',
      access: 'signedIn',
      headers: commandHeaders,
      body: bulkBody,
      answers: { 200: { about: 'What became of each, in the order asked.', body: BulkDone } },
      handle: async ({ body: { action, reason, cases }, person, request }) => {
        const key = commandKey(request)
        const asked = {
          action: action.toUpperCase() as Action,
          reason,
          actor: actorOf(person as Person),
          channel: channelOf(request),
        }
        const outcomes = await Promise.all(
          cases.map(async ({ caseId, digest = '' }) => {
            const commandId = commandIdOf(key, caseId)
            const answer = await parts.actions.act({ ...asked, commandId, caseId, digest })
            return outcomeOf(parts, commandId, caseId, answer)
          }),
        )
        return { status: 200, body: { outcomes } }
      },
    }),
  ]
}

/** The same key and case give the same command, so that a bulk that is sent again is carried out once. */
function commandIdOf(key: string, caseId: string): string {
  return createHash('sha256')
    .update(JSON.stringify([key, caseId]))
    .digest('hex')
}

async function outcomeOf(
  { database, now }: DeskParts,
  commandId: string,
  caseId: string,
  answer: ActionAnswer,
) {
  const row = await findCase(database, caseId)
  return { caseId, commandId, ...told(answer, commandId, caseId), case: row ? caseSummary(row, now()) : null }
}

function told(answer: ActionAnswer, commandId: string, caseId: string) {
  if (answer.kind === 'done' || answer.kind === 'pending')
    return { status: answer.kind, code: '', message: '' }
  const { code, message, status } = problemOf(answer, commandId, caseId)
  return { status: status === 503 ? 'failed' : 'refused', code, message }
}
