import type { Problem } from '@holdpoint/chassis'
import type { Response } from 'express'

const titles = {
  PATH_UNREADABLE: [400, 'The path cannot be read'],
  BODY_UNREADABLE: [400, 'The body is no JSON that can be read'],
  BODY_TOO_LARGE: [413, 'The body is too large'],
  BODY_TOO_DEEP: [400, 'The body is nested too deeply'],
  MEDIA_TYPE: [415, 'The body is not sent as JSON'],
  EVENT_INVALID: [422, 'The order event cannot be taken'],
  OTHER_HOST: [421, 'The request is meant for another host'],
  METHOD: [405, 'The method is not allowed here'],
  ORDER_DISAGREES: [422, 'The path and the body name different orders'],
  KEY_DISAGREES: [422, 'Idempotency-Key and eventId do not agree'],
  TOO_MANY_REQUESTS: [429, 'Too many requests'],
  INTERNAL: [500, 'Something went wrong inside'],
  KAFKA_AWAY: [503, 'Kafka cannot be reached'],
  REGISTRY_AWAY: [503, 'The schema registry cannot be reached'],
  STOPPING: [503, 'This process is about to stop'],
  OUTCOME_UNKNOWN: [504, 'It is not known whether the event was taken'],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemCode = keyof typeof titles

/** Answers with an RFC 9457 problem. `retryAfter` in seconds. */
export function answerProblem(
  response: Response,
  code: ProblemCode,
  detail: string,
  more: { problems?: readonly Problem[]; retryAfter?: number } = {},
): void {
  const [status, title] = titles[code]
  if (more.retryAfter !== undefined) response.set('Retry-After', String(more.retryAfter))
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, code, detail, problems: more.problems }))
}
