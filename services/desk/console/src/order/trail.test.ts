import { describe, expect, it } from 'vitest'
import type { OrderView } from '../api/types.ts'
import { trailOf } from './trail.ts'

const person = { subject: 'sam', name: 'Sam', roles: ['support'] }
const event = {
  commandId: '',
  reason: '',
  opened: null,
  escalated: null,
  closed: null,
  refused: null,
  notice: null,
}

const view = {
  cases: [{ caseId: 'C-1', name: 'Wrong address' }],
  revisions: [
    {
      revision: 1,
      at: '2026-01-01T10:00:00Z',
      cause: { kind: 'PLACED', source: 'shop', eventId: '1' },
      changes: [{ path: 'x', from: '', to: 'y', origin: 'UPSTREAM', by: 'shop', why: '' }],
    },
    {
      revision: 2,
      at: '2026-01-01T10:05:00Z',
      cause: { kind: 'UNKNOWN', source: 'correction', eventId: 'c' },
      changes: [
        { path: 'shipping.city', from: 'Leds', to: 'Leeds', origin: 'CORRECTION', by: 'Sam', why: 'typo' },
      ],
    },
  ],
  events: [
    {
      ...event,
      eventId: 'e2',
      caseId: 'C-1',
      sequence: 2,
      type: 'CLOSED',
      actor: person,
      reason: 'typo',
      at: '2026-01-01T10:04:00Z',
      closed: {
        outcome: 'CORRECTED',
        corrections: [{ path: 'shipping.city', expected: 'Leds', value: 'Leeds' }],
        stops: [],
      },
    },
  ],
  decisions: [
    {
      decisionId: 'd1',
      sequence: 1,
      revision: 1,
      verdicts: [{ stage: 'shipping', verdict: 'HOLD', caseIds: ['C-1'], recall: false, tooLate: false }],
      by: person,
      reason: '',
      at: '2026-01-01T10:01:00Z',
    },
  ],
} as unknown as OrderView

describe('the story of an order', () => {
  it('runs from the newest to the oldest over all three sources', () => {
    expect(trailOf(view).map((step) => step.key)).toEqual(['revision-2', 'e2', 'd1', 'revision-1'])
  })

  it('tells who changed what and why', () => {
    expect(trailOf(view)[1]).toMatchObject({
      who: 'Sam',
      what: 'Wrong address: corrected',
      details: ['typo', 'shipping.city: Leds → Leeds'],
    })
  })

  it('does not list every field of an order that just came in as a change', () => {
    expect(trailOf(view).at(-1)?.details).toEqual([])
  })
})
