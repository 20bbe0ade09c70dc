import { CaseList, CaseStatusFilter, CaseView } from '@holdpoint/desk-contract'
import { z } from 'zod'
import { eventsBy, eventView } from '../read/case-events.ts'
import { findCase, listCases } from '../read/cases.ts'
import { caseFor, receiptsFor } from './case-view.ts'
import type { DeskParts } from './desk-parts.ts'
import { requireKnown } from './known-names.ts'
import { pageQuery } from './page-query.ts'
import { Problem } from './problem.ts'
import { type Operation, operation } from './route.ts'
import { listedCase, surroundingsOf } from './surroundings.ts'

export const caseParams = z.object({ caseId: z.string().max(200) })

export function unknownCase(caseId: string): Problem {
  return new Problem(
    404,
    'UNKNOWN_CASE',
    `There is no case ${caseId}. It may be so new that the desk has not read it yet.`,
  )
}

export function caseOperations(parts: DeskParts): Operation[] {
  const { database, now } = parts
  return [
    operation({
      id: 'listCases',
      method: 'get',
      path: '/cases',
      summary: 'Cases; open ones by deadline, closed ones and all by the newest.',
      access: 'read',
      query: pageQuery.extend({
        status: CaseStatusFilter.default('open').describe(
          'open: every one that is not closed; waiting: those that wait for an answer; stopped: orders that were stopped, and nobody has said what now',
        ),
        role: z.string().max(100).optional().describe('Role that may decide now'),
        type: z.string().max(100).optional(),
        orderId: z.string().max(200).optional(),
        q: z.string().max(200).optional().describe('Part of an order id, case id, name or customer'),
      }),
      answers: {
        200: {
          about: 'One page.',
          body: CaseList,
        },
      },
      problems: { 422: 'There is no such role or exception type.' },
      handle: async ({ query: { limit, cursor, ...filter }, person }) => {
        const { items, next, total } = await listCases(database, filter, { limit, cursor })
        if (total === 0) await requireKnown(parts, filter)
        const around = await surroundingsOf(parts, items, person)
        const cases = items.map((row) => listedCase(row, around(row), now()))
        return { status: 200, body: { cases, next, total } }
      },
    }),
    operation({
      id: 'showCase',
      method: 'get',
      path: '/cases/{caseId}',
      summary: 'One case with everything that happened to it.',
      access: 'read',
      params: caseParams,
      answers: {
        200: {
          about: 'The case, with a deadline receipt for each time it was opened.',
          body: CaseView,
        },
      },
      problems: { 404: 'There is no such case.' },
      handle: async ({ params: { caseId }, person }) => {
        const row = await findCase(database, caseId)
        if (!row) throw unknownCase(caseId)
        const events = await eventsBy(database, 'case_id', caseId)
        return {
          status: 200,
          body: {
            case: await caseFor(parts, row, person),
            events: events.map(eventView),
            receipts: await receiptsFor(parts, row.type, events),
          },
        }
      },
    }),
  ]
}
