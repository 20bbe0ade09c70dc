import fc from 'fast-check'
import { expect, test } from 'vitest'
import { londonInstant } from './london-time.ts'

const iso = (text: string) => {
  const instant = londonInstant(text)
  return instant === undefined ? undefined : new Date(instant).toISOString()
}

test.each([
  ['2010-12-01 08:26:00', '2010-12-01T08:26:00.000Z', 'winter'],
  ['2011-07-01 08:26:00', '2011-07-01T07:26:00.000Z', 'summer'],
  ['2011-07-01 08:26', '2011-07-01T07:26:00.000Z', 'without seconds'],
  ['2011-03-27 00:59:59', '2011-03-27T00:59:59.000Z', 'the last second before summer time'],
  ['2011-03-27 02:00:00', '2011-03-27T01:00:00.000Z', 'the first second of summer time'],
  ['2011-10-30 01:30:00', '2011-10-30T00:30:00.000Z', 'the first of two'],
  ['2011-10-30 02:00:00', '2011-10-30T02:00:00.000Z', 'after both'],
])('%s is %s (%s)', (text, instant) => expect(iso(text)).toBe(instant))

test.each([
  '',
  '2011-02-30 10:00:00',
  '01/12/2010 08:26',
  '2010-12-01',
  '2010-12-01 25:00:00',
  '2010-12-01T08:26:00Z',
])('%j is no wall time', (text) => expect(iso(text)).toBeUndefined())

test('an instant is found again from what the clocks in London showed, but for the repeated hour', () => {
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/London',
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  fc.assert(
    fc.property(fc.integer({ min: 1_000_000_000, max: 1_900_000_000 }), (seconds) => {
      const text = wall.format(seconds * 1000)
      const found = londonInstant(text) as number
      expect([seconds * 1000, seconds * 1000 - 3_600_000]).toContain(found)
      expect(wall.format(found)).toBe(text)
    }),
  )
})
