import { describe, expect, test } from 'vitest'
import { sampleRequest, sampleRevision } from '../testing/sample-revision.ts'
import { readCondition } from './condition.ts'
import { subjectOf } from './subject.ts'
import { vocabularyOf } from './vocabulary.ts'

const vocabulary = vocabularyOf({
  stages: ['invoicing', 'shipping'],
  calendars: { office: { zone: 'Europe/London', open: { 'mon-fri': '09:00-17:00' }, holidays: 'GB-ENG' } },
})

function holds(source: string, facts: Record<string, string> = {}): boolean {
  const read = readCondition(source, vocabulary)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  // Friday 2026-04-10, 15:00 in London: the first working week after Easter (Good Friday was the 3rd).
  const open = { ...sampleRequest(), openedAt: Date.parse('2026-04-10T14:00:00Z') }
  const revision = sampleRevision({ facts, requests: [open] })
  return read.condition.holds({ ...subjectOf(revision), request: open.request })
}

function problems(source: string) {
  const read = readCondition(source, vocabulary)
  return 'problems' in read ? read.problems : []
}

describe('dates and working time', () => {
  test.each([
    ['days("2026-04-01", "2026-04-08") == 7'],
    ['days("2026-04-08", "2026-04-01") == -7'],
    ['days("2026-04-10", request.openedAt) == 0.5833'],
    ['workingDays("office", "2026-04-02", "2026-04-07") == 1'],
    ['workingDays("office", "2026-04-07", "2026-04-02") == -1'],
    ['workingDays("office", "2026-04-10", request.openedAt) == 0'],
    ['workingHours("office", request.openedAt, timestamp("2026-04-13T09:30:00Z")) == 3.5'],
    ['workingHours("office", timestamp("2026-04-13T09:30:00Z"), request.openedAt) == -3.5'],
    ['isOpen("office", request.openedAt)'],
    ['!isOpen("office", timestamp("2026-04-10T16:00:00Z"))'],
    ['!isOpen("office", timestamp("2026-04-06T10:00:00Z"))'],
  ])('%s', (source) => {
    const never = 'request.kind == ""'
    expect(holds(`${source} || ${never}`)).toBe(true)
    expect(holds(`!(${source}) || ${never}`)).toBe(false)
  })

  test('a date can be a fact', () => {
    expect(holds('days(facts.day, request.openedAt) > 9', { day: '2026-04-01' })).toBe(true)
  })
})

describe('a rule without an answer says why', () => {
  test.each([
    ['days(facts.day, request.openedAt) > 1', '', 'is "", which is no date such as 2026-03-09'],
    ['days(facts.day, request.openedAt) > 1', '2026-02-30', 'is "2026-02-30", which is no date'],
    ['days(facts.day, request.openedAt) > 1', '10/04/2026', 'is "10/04/2026", which is no date'],
    ['workingDays("office", facts.day, request.openedAt) > 1', '1999-01-01', 'counts more than 3660 days'],
    ['workingHours("office", facts.day, request.openedAt) > 1', '1999-01-01', 'counts more than 3660 days'],
    ['isOpen("office", facts.day) || request.kind == ""', '1901-01-01', 'isOpen("office", facts.day): '],
  ])('%s of "%s"', (source, day, message) => {
    expect(() => holds(source, { day })).toThrow(message)
  })
})

describe('what is written wrong is told', () => {
  test.each([
    ['workingDays("ofice", order.placedAt, request.openedAt) > 1', 12, 'there is no calendar "ofice"'],
    [
      'workingDays(order.channel, order.placedAt, request.openedAt) > 1',
      12,
      'the name of a calendar in quotes',
    ],
    ['workingDays("office", order.placedAt) > 1', 0, 'workingDays(…) does not fit'],
    ['days(order.placedAt) > 1', 0, 'days(…) does not fit'],
    ['days(lines.total, order.placedAt) > 1', 5, 'here has to stand a date, not a number'],
  ])('%s', (source, at, message) => {
    expect(problems(source)).toMatchObject([{ at, message: expect.stringContaining(message) }])
  })
})
