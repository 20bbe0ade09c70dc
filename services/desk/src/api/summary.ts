import { Summary } from '@holdpoint/desk-contract'
import { readInstant } from '@holdpoint/schemas'
import { z } from 'zod'
import { summarise } from '../read/summary.ts'
import type { DeskParts } from './desk-parts.ts'
import { type Operation, operation } from './route.ts'

/** Such as: there is no 30 February 2026. */
function whyNoInstant(input: unknown): string {
  const read = readInstant(String(input))
  return 'problem' in read ? `${read.problem}: ${read.hint}` : 'write an instant such as 2026-03-02T09:30:00Z'
}

export function summaryOperations({ database, now }: DeskParts): Operation[] {
  return [
    operation({
      id: 'summarise',
      method: 'get',
      path: '/summary',
      summary:
        'How many orders proceeded, are held, stopped or cancelled, and the cases and dead letters behind it.',
      access: 'read',
      query: z.strictObject({
        source: z.string().max(200).optional().describe("Source of the order's first event"),
        since: z.iso
          .datetime({ offset: true, error: ({ input }) => whyNoInstant(input) })
          .optional()
          .describe('Only orders first seen, and dead letters made, at this instant or later'),
      }),
      answers: { 200: { about: 'The counts now.', body: Summary } },
      handle: async ({ query: { source, since } }) => ({
        status: 200,
        body: await summarise(
          database,
          {
            ...(source === undefined ? {} : { source }),
            ...(since === undefined ? {} : { since: Date.parse(since) }),
          },
          now(),
        ),
      }),
    }),
  ]
}
