import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noSuchDay, readDay, readInstant } from './instant.ts'

test.each([
  ['2026-03-02T09:30:00Z', '2026-03-02T09:30:00.000Z'],
  ['2026-03-02T10:30+01:00', '2026-03-02T09:30:00.000Z'],
  ['2026-03-02T10:30:15.25-12:00', '2026-03-02T22:30:15.250Z'],
  ['2026-03-02T00:00:00.123456789+14:00', '2026-03-01T10:00:00.123Z'],
  ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ['2000-02-29T23:59:59Z', '2000-02-29T23:59:59.000Z'],
])('%s is an instant', (text, iso) => {
  expect(readInstant(text)).toEqual({ atMs: Date.parse(iso) })
})

test.each([
  ['2026-02-30T10:00:00Z', 'there is no 30 February 2026', 'February 2026 has 28 days'],
  ['2027-02-29T10:00:00Z', 'there is no 29 February 2027', 'February 2027 has 28 days'],
  ['1900-02-29T10:00:00Z', 'there is no 29 February 1900', 'February 1900 has 28 days'],
  ['2026-04-31T10:00:00+01:00', 'there is no 31 April 2026', 'April 2026 has 30 days'],
  ['2026-05-00T10:00:00Z', 'there is no 0 May 2026', 'May 2026 has 31 days'],
  ['2026-13-01T10:00:00Z', 'there is no month 13', 'the month comes before the day, such as 2026-12-24'],
  ['2026-03-02T24:00:00Z', 'there is no 24:00', 'write 00:00 of the next day'],
  ['2026-03-02T24:01Z', 'there is no 24:01', 'the clock goes from 00:00 to 23:59'],
  ['2026-03-02T25:61:00Z', 'there is no 25:61', 'the clock goes from 00:00 to 23:59'],
  ['2016-12-31T23:59:60Z', 'there is no 23:59:60', 'seconds go from 00 to 59: leap seconds are not counted'],
  ['2026-03-02T10:00+14:01', 'there is no offset +14:01 from UTC', 'offsets go from -12:00 to +14:00'],
  ['2026-03-02T10:00-12:30', 'there is no offset -12:30 from UTC', 'offsets go from -12:00 to +14:00'],
  ['2026-03-02T10:00+01:60', 'there is no offset +01:60 from UTC', 'offsets go from -12:00 to +14:00'],
  [
    '2026-03-02T10:00',
    '"2026-03-02T10:00" says no offset from UTC',
    'write 2026-03-02T10:00Z, or 2026-03-02T10:00+01:00',
  ],
  ['2026-03-02', '"2026-03-02" is no instant', 'write it with its offset, such as 2026-03-02T09:30:00Z'],
  [
    '2026-03-02 10:00:00Z',
    '"2026-03-02 10:00:00Z" is no instant',
    'write it with its offset, such as 2026-03-02T09:30:00Z',
  ],
])('%s is none', (text, problem, hint) => {
  expect(readInstant(text)).toEqual({ problem, hint })
})

test('every instant that a clock shows is read as itself, at whatever offset', () => {
  const offset = fc.integer({ min: -12 * 60, max: 14 * 60 })
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }),
      offset,
      (at, minutes) => {
        const wall = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, -1)
        expect(readInstant(`${wall}${written(minutes)}`)).toEqual({ atMs: at.getTime() })
      },
    ),
  )
})

function written(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}

test('no text is read as another day than it says', () => {
  const two = (most: number) =>
    fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, '0'))
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 9999 }), two(13), two(32), (year, month, day) => {
      const read = readDay(`${year}-${month}-${day}`)
      const iso = 'day' in read ? new Date(read.day * 86_400_000).toISOString().slice(0, 10) : undefined
      expect(iso).toBe('day' in read ? `${year}-${month}-${day}` : undefined)
      expect('day' in read).toBe(noSuchDay(Number(month), Number(day), year) === undefined)
    }),
  )
})

test('29 February comes in some year', () => {
  expect(noSuchDay(2, 29)).toBeUndefined()
  expect(noSuchDay(2, 30)).toEqual({ problem: 'there is no 30 February', hint: 'February has 29 days' })
})
