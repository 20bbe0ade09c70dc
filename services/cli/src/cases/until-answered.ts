import { setTimeout as sleep } from 'node:timers/promises'
import type { CommandAnswer } from '@holdpoint/desk-contract'
import { Failure } from '../failures.ts'
import type { Session } from '../session.ts'

/** How long to wait for the router beyond what the desk waits itself. */
const answerWithinMs = 20_000

/** What the router says to a command that the desk has taken. Raises its refusal, and NO_ANSWER_YET. */
export async function untilAnswered(
  { desk }: Session,
  commandId: string,
): Promise<Extract<CommandAnswer, { status: 'done' }>> {
  const giveUpAt = Date.now() + answerWithinMs
  while (Date.now() < giveUpAt) {
    await sleep(500)
    const answer = await desk.get<CommandAnswer>(`/commands/${commandId}`)
    if (answer.status === 'done') return answer
  }
  throw new Failure(
    'NO_ANSWER_YET',
    `The command ${commandId} was taken, and the router has not answered it within ${answerWithinMs / 1000} s. ` +
      'It is not lost: look at the case again later.',
  )
}
