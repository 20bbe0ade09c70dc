import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { zoneOf } from './zone.ts'

const zones = [
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
]

/** What the wall shows, by Intl, to the minute. */
function wallByIntl(zone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  return (atMs) => format.format(atMs).replace(' ', 'T')
}

const wall = (text: string) => Date.parse(`${text}Z`)
const shown = (wallMs: number) => new Date(wallMs).toISOString().slice(0, 16)
const minutes = fc
  .integer({ min: Date.UTC(2000) / 60_000, max: Date.UTC(2100) / 60_000 })
  .map((minute) => minute * 60_000)

describe('the clock of a zone', () => {
  test.each(zones)('%s shows what Intl says', (name) => {
    const byIntl = wallByIntl(name)
    fc.assert(
      fc.property(minutes, (atMs) => {
        expect(shown(zoneOf(name).wallAt(atMs))).toBe(byIntl(atMs))
      }),
      { numRuns: 60 },
    )
  })

  test.each(zones)('%s shows a time first at the instant of that time', (name) => {
    const zone = zoneOf(name)
    fc.assert(
      fc.property(minutes, (wallMs) => {
        const atMs = zone.instantOf(wallMs)
        expect(zone.wallAt(atMs)).toBeGreaterThanOrEqual(wallMs)
        for (const before of [1, 60_000, 3_600_000 - 1])
          expect(zone.wallAt(atMs - before)).toBeLessThan(wallMs)
      }),
      { numRuns: 60 },
    )
  })

  test.each([
    [
      'a time in a spring gap is the end of the gap',
      'Europe/London',
      '2026-03-29T01:30',
      '2026-03-29T01:00Z',
    ],
    ['the gap itself begins at its end', 'Europe/London', '2026-03-29T01:00', '2026-03-29T01:00Z'],
    ['in a repeated hour the first is meant', 'Europe/London', '2026-10-25T01:30', '2026-10-25T00:30Z'],
    ['half an hour is repeated', 'Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45Z'],
    ['midnight is left out', 'Africa/Cairo', '2026-04-24T00:00', '2026-04-23T22:00Z'],
    ['a whole day is left out', 'Pacific/Apia', '2011-12-30T09:00', '2011-12-30T10:00Z'],
    ['the hour before midnight is repeated', 'America/St_Johns', '2010-11-06T23:30', '2010-11-07T02:00Z'],
  ])('%s', (_, zone, clock, instant) => {
    expect(new Date(zoneOf(zone).instantOf(wall(clock))).toISOString()).toBe(new Date(instant).toISOString())
  })
})
