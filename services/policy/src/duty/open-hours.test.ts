import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { zoneOf } from '../time/zone.ts'
import { openHours } from './open-hours.ts'

const weekdays = (...hours: { open: number; close: number }[]) =>
  Array.from({ length: 7 }, (_, day) => (day < 5 ? hours : []))

/** Whether a wall shows one of the hours, by the words of the day before and of the day. */
function opensByWall(week: ReturnType<typeof weekdays>, wall: Temporal.PlainDateTime): boolean {
  const minute = wall.hour * 60 + wall.minute
  const today = week[wall.dayOfWeek - 1] ?? []
  const yesterday = week[(wall.dayOfWeek + 5) % 7] ?? []
  return (
    today.some(({ open, close }) => open <= minute && minute < close) ||
    yesterday.some(({ open, close }) => open <= minute + 1_440 && minute + 1_440 < close)
  )
}

const zones = ['Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Cairo', 'Pacific/Chatham']
const weeks = [
  weekdays({ open: 540, close: 1_020 }),
  weekdays({ open: 60, close: 120 }, { open: 1_320, close: 1_800 }),
  weekdays({ open: 0, close: 1_440 }),
]
const instants = fc.integer({ min: Date.UTC(2020) / 60_000, max: Date.UTC(2030) / 60_000 })

describe('hours', () => {
  test.each(zones)('are open when the wall says so, but for hours that come twice, in %s', (name) => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...weeks), (minute, week) => {
        const here = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(name)
        const wall = here.toPlainDateTime()
        const [once, again] = (['earlier', 'later'] as const).map((disambiguation) =>
          wall.toZonedDateTime(name, { disambiguation }),
        )
        fc.pre(once?.epochMilliseconds === again?.epochMilliseconds)
        expect(openHours(week, zoneOf(name)).isOpen(minute * 60_000)).toBe(opensByWall(week, wall))
      }),
      { numRuns: 200 },
    )
  })

  const london = (open: number, close: number) =>
    openHours(
      Array.from({ length: 7 }, () => [{ open, close }]),
      zoneOf('Europe/London'),
    )
  const openAt = (hours: ReturnType<typeof openHours>, ...at: string[]) =>
    at.map((instant) => hours.isOpen(Date.parse(instant)))

  test('that begin in a spring gap begin at its end, and those within it are left out', () => {
    expect(
      openAt(
        london(90, 180),
        '2026-03-29T00:59Z',
        '2026-03-29T01:00Z',
        '2026-03-29T01:59Z',
        '2026-03-29T02:00Z',
      ),
    ).toEqual([false, true, true, false])
    expect(openAt(london(75, 105), '2026-03-29T00:59Z', '2026-03-29T01:00Z')).toEqual([false, false])
  })

  test('that begin at the first of two midnights go on while the day before is repeated', () => {
    const sundays = Array.from({ length: 7 }, (_, day) => (day === 6 ? [{ open: 0, close: 360 }] : []))
    const hours = openHours(sundays, zoneOf('America/St_Johns'))
    expect(openAt(hours, '2010-11-07T02:29Z', '2010-11-07T02:30Z', '2010-11-07T02:45Z')).toEqual([
      false,
      true,
      true,
    ])
  })

  test('begin and end in the first of two repeated hours', () => {
    expect(
      openAt(london(30, 90), '2026-10-25T00:29:59.999Z', '2026-10-25T00:30Z', '2026-10-25T01:15Z'),
    ).toEqual([true, false, false])
    expect(
      openAt(
        london(90, 150),
        '2026-10-25T00:29Z',
        '2026-10-25T00:30Z',
        '2026-10-25T01:15Z',
        '2026-10-25T02:29Z',
        '2026-10-25T02:30Z',
      ),
    ).toEqual([false, true, true, true, false])
  })
})
