import { z } from 'zod'
import { summarise } from '../read/summary.ts'
import type { DeskParts } from './desk-parts.ts'
import { type Operation, operation } from './route.ts'
import { Summary } from './shapes.ts'

export function summaryOperations({ database, now }: DeskParts): Operation[] {
  return [
    operation({
      id: 'summarise',
      method: 'get',
      path: '/summary',
      summary: 'How many orders proceeded, are held or stopped, and the cases and dead letters behind it.',
      access: 'read',
      query: z.strictObject({
        source: z.string().max(200).optional().describe("Source of the order's first event"),
        since: z.iso
          .datetime({ offset: true })
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
