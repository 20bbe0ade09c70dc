import { ReplaysSent, saidWhy } from '@holdpoint/desk-contract'
import type { Replay } from '@holdpoint/schemas'
import { z } from 'zod'
import { actorOf } from '../sign-in/roles.ts'
import type { ReplayAnswer } from '../write/replays.ts'
import { deadLetterPlace, unknownDeadLetter } from './dead-letters.ts'
import type { DeskParts } from './desk-parts.ts'
import { kafkaAway, kafkaUnknown, notCaughtUp } from './kafka-problems.ts'
import { requireOrderOwner } from './order-owner.ts'
import { Problem } from './problem.ts'
import { type Answer, type Operation, operation } from './route.ts'

const filter = {
  code: z.string().min(1).max(100).describe('Those of this code, such as HANDLER_FAILED'),
  service: z.string().min(1).max(100).optional(),
  topic: z.string().min(1).max(200).optional().describe('Topic of the records'),
}
const problems = {
  403: 'Signed in without the role of the order owner.',
  503: 'Kafka is away; nothing was sent.',
} as const
const replaying = { code: 'MAY_NOT_REPLAY', what: 'Replaying' }
const sent = { 202: { about: 'What was handed to its service.', body: ReplaysSent } }

/** Dead letters go through their service once more; what that refuses again is a dead letter again. */
export function replayOperations(parts: DeskParts): Operation[] {
  return [
    operation({
      id: 'replayDeadLetter',
      method: 'post',
      path: '/dead-letters/{topic}/{partition}/{offset}/replay',
      summary:
        'Sends one dead letter through its service once more, by its own place or by that of the record.',
      access: 'signedIn',
      params: deadLetterPlace,
      body: z.strictObject({
        reason: saidWhy,
        again: z.boolean().default(false).describe('Also when it was replayed before'),
      }),
      answers: sent,
      problems: {
        ...problems,
        404: 'There is none at that place.',
        409: 'It was replayed before.',
        422: 'No service could take it.',
      },
      handle: async ({ params, body, person }) => {
        const by = actorOf(await requireOrderOwner(parts, person, replaying))
        return answerOf(await parts.replays.one(params, { ...body, by }), params)
      },
    }),
    operation({
      id: 'replayDeadLetters',
      method: 'post',
      path: '/dead-letters/replay',
      summary: 'Sends those of a code that nobody has replayed yet, oldest first, at most 200 at once.',
      access: 'signedIn',
      body: z.strictObject({ ...filter, reason: saidWhy }),
      answers: sent,
      problems,
      handle: async ({ body: { reason: why, ...those }, person }) => {
        const by = actorOf(await requireOrderOwner(parts, person, replaying))
        return answerOf(await parts.replays.all(those, { reason: why, by }))
      },
    }),
  ]
}

function answerOf(answer: ReplayAnswer, place?: z.infer<typeof deadLetterPlace>): Answer {
  switch (answer.kind) {
    case 'sent':
      return { status: 202, body: { ...answer, kind: undefined, replays: answer.replays.map(sentView) } }
    case 'unknownLetter':
      throw unknownDeadLetter(place)
    case 'replayedBefore': {
      const { by, at, reason: why } = answer.replay
      throw new Problem(
        409,
        'REPLAYED_BEFORE',
        `${by.name} replayed it at ${at} ("${why}"). Send it with "again" to replay it once more.`,
        { replay: answer.replay },
      )
    }
    case 'cannot':
      throw new Problem(422, 'CANNOT_REPLAY', answer.why)
    case 'notReady':
      throw notCaughtUp()
    case 'away':
      throw kafkaAway()
    case 'unknown':
      throw kafkaUnknown()
    default:
      return answer satisfies never
  }
}

function sentView({ replayId, orderId, service, code, attempt, ...replay }: Replay) {
  const { topic, partition, offset, letterTopic, letterPartition, letterOffset } = replay
  const letter = { topic: letterTopic, partition: letterPartition, offset: letterOffset }
  return { replayId, orderId, service, code, attempt, topic, partition, offset, letter }
}
