import { DeadLetter } from '@holdpoint/desk-contract'
import { z } from 'zod'
import { findDeadLetter, listDeadLetters } from '../read/dead-letters.ts'
import type { DeskParts } from './desk-parts.ts'
import { requireService } from './known-names.ts'
import { pageQuery } from './page-query.ts'
import { Problem } from './problem.ts'
import { type Operation, operation } from './route.ts'

const whole = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/** Place of a dead letter, or of the record in it. */
export const deadLetterPlace = z.object({
  topic: z.string().max(200),
  partition: whole.max(2 ** 31 - 1),
  offset: whole,
})

export function unknownDeadLetter(place?: z.infer<typeof deadLetterPlace>): Problem {
  const { topic, partition, offset } = place ?? {}
  return new Problem(
    404,
    'UNKNOWN_DEAD_LETTER',
    `There is no dead letter of ${topic} ${partition} ${offset}.`,
  )
}

export function deadLetterOperations({ database }: DeskParts): Operation[] {
  return [
    operation({
      id: 'listDeadLetters',
      method: 'get',
      path: '/dead-letters',
      summary: 'Records that a service could not process, newest first.',
      access: 'read',
      query: pageQuery.extend({
        service: z.string().max(100).optional(),
        code: z.string().max(100).optional(),
        topic: z.string().max(200).optional().describe('Topic of the records'),
      }),
      answers: {
        200: {
          about: 'One page.',
          body: z.object({ deadLetters: z.array(DeadLetter), next: z.string().nullable(), total: z.int() }),
        },
      },
      problems: { 422: 'There is no such service.' },
      handle: async ({ query: { limit, cursor, ...filter } }) => {
        if (filter.service !== undefined) requireService(filter.service)
        const { items, next, total } = await listDeadLetters(database, filter, { limit, cursor })
        return { status: 200, body: { deadLetters: items, next, total } }
      },
    }),
    operation({
      id: 'showDeadLetter',
      method: 'get',
      path: '/dead-letters/{topic}/{partition}/{offset}',
      summary: 'One of them with its original bytes, by its own place or by that of the record.',
      access: 'read',
      params: deadLetterPlace,
      answers: {
        200: {
          about: 'The dead letter.',
          body: DeadLetter.extend({
            key: z.string().describe('Original key bytes, base64'),
            value: z.string().describe('Original value bytes, base64'),
            text: z.string().describe('The value bytes for people: what is no printable ASCII is a dot'),
          }),
        },
      },
      problems: { 404: 'There is none at that place.' },
      handle: async ({ params }) => {
        const body = await findDeadLetter(database, params.topic, params.partition, params.offset)
        if (!body) throw unknownDeadLetter(params)
        return { status: 200, body }
      },
    }),
  ]
}
