import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type CaseRow, foldCase } from './case-row.ts'
import { caseEvent, closed, escalated, opened, refused } from './testing/messages.ts'

const story = [
  opened('A', 1),
  escalated('A', 2),
  refused('A', 3),
  caseEvent('A', 4, {
    type: 'EVIDENCE_CHANGED',
    evidenceChanged: {
      evidence: [{ expression: 'lines.total', value: '7000' }],
      evidenceDigest: 'evidence-2',
    },
  }),
  closed('A', 5),
  caseEvent('A', 6, { type: 'SETTLED' }),
]
const fold = (events: typeof story) =>
  events.reduce<CaseRow | undefined>((row, event) => foldCase(row, event), undefined)

it('goes from its opening over escalation and new evidence to its end', () => {
  expect(fold(story.slice(0, 1))).toMatchObject({ status: 'OPEN', level: 0, decider: 'finance' })
  expect(fold(story.slice(0, 2))).toMatchObject({ level: 1, decider: 'controller', owner: 'finance' })
  expect(fold(story.slice(0, 4))).toMatchObject({ evidence: [{ expression: 'lines.total', value: '7000' }] })
  expect(fold(story)).toMatchObject({
    status: 'CLOSED',
    outcome: 'APPROVED',
    deadline: null,
    closed_by: 'Fiona Grant',
    event_sequence: 6,
  })
})

it('does not change by events that it has seen', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(story.length - 1), { maxLength: 12 }), (repeats) => {
      let row: CaseRow | undefined
      for (const [index, event] of story.entries()) {
        row = foldCase(row, event)
        for (const seen of repeats.filter((one) => one <= index)) {
          const repeated = story[seen]
          if (repeated) expect(foldCase(row, repeated)).toEqual(row)
        }
      }
      expect(row).toEqual(fold(story))
    }),
  )
})

it('is nothing while its opening is not known', () => {
  expect(fold(story.slice(1))).toBeUndefined()
})
