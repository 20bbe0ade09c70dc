import fc from 'fast-check'
import { expect, test } from 'vitest'
import { situation } from '../testing/random-calendars.ts'
import { slowModel, unlessTooFar } from '../testing/slow-model.ts'
import { compileCalendar } from './calendar.ts'
import { addOpenTime, isOpen, nextOpening, openingsBetween, openTimeBetween } from './open-time.ts'

const minute = 60_000
const amount = fc.integer({ min: 0, max: 2_000 })

test('open and closed minutes are those of the minute-by-minute model', () => {
  fc.assert(
    fc.property(situation, amount, ({ definition, start }, length) => {
      const calendar = compileCalendar(definition)
      const model = slowModel(definition, start)
      const minutes = Array.from({ length }, (_, index) => start + index)
      const open = minutes.filter((each) => model.isOpen(each))
      expect(openTimeBetween(calendar, start * minute, (start + length) * minute)).toBe(open.length * minute)
      expect(minutes.filter((each) => isOpen(calendar, each * minute))).toEqual(open)
    }),
    { numRuns: 50 },
  )
}, 60_000)

test('the next opening is that of the minute-by-minute model', () => {
  fc.assert(
    fc.property(situation, ({ definition, start }) => {
      const model = slowModel(definition, start)
      const opening = unlessTooFar(() => {
        let at = start
        while (!model.isOpen(at)) at++
        return at
      })
      expect(nextOpening(compileCalendar(definition), start * minute)).toBe(opening * minute)
    }),
    { numRuns: 100 },
  )
}, 60_000)

test('open time has passed at the first instant at which it has', () => {
  fc.assert(
    fc.property(situation, amount, ({ definition, start }, ms) => {
      const calendar = compileCalendar(definition)
      const from = start * minute + 7
      const due = addOpenTime(calendar, from, ms * 40_009 + 1)
      expect(openTimeBetween(calendar, from, due)).toBe(ms * 40_009 + 1)
      expect(openTimeBetween(calendar, from, due - 1)).toBe(ms * 40_009)
    }),
    { numRuns: 100 },
  )
}, 60_000)

test('open time adds up', () => {
  fc.assert(
    fc.property(situation, amount, amount, ({ definition, start }, first, second) => {
      const calendar = compileCalendar(definition)
      const times = [start * minute, start * minute + first * 99_991]
      const [from, between] = times as [number, number]
      const to = between + second * 99_991
      const parts = openTimeBetween(calendar, from, between) + openTimeBetween(calendar, between, to)
      expect(openTimeBetween(calendar, from, to)).toBe(parts)
    }),
    { numRuns: 80 },
  )
}, 60_000)

test('openings come in order and never overlap', () => {
  fc.assert(
    fc.property(situation, ({ definition, start }) => {
      const openings = openingsBetween(compileCalendar(definition), start * minute, (start + 20_000) * minute)
      for (const [index, { open, close }] of openings.entries()) {
        expect(open).toBeLessThan(close)
        expect(open).toBeGreaterThanOrEqual(openings[index - 1]?.close ?? 0)
      }
    }),
    { numRuns: 80 },
  )
}, 60_000)
