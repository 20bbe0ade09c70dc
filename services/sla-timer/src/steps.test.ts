import type { Timer } from '@holdpoint/schemas'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stepsOf } from './steps.ts'
import { record, timer } from './testing/schedule.ts'

test('the last record of a timer wins', () => {
  const records = [
    record(4, 'a', timer('a', 100)),
    record(5, 'b', timer('b', 100)),
    record(6, 'a', timer('a', 50, 2)),
    record(9, 'b', null),
  ]
  expect(stepsOf(records, 4)).toEqual({
    steps: [{ from: 4, to: 10, schedule: [timer('a', 50, 2)], cancel: ['b'] }],
    unreadable: [],
  })
})

test('records that were taken in already are left out', () => {
  expect(stepsOf([record(4, 'a', timer('a', 100))], 5)).toEqual({ steps: [], unreadable: [] })
})

test('a timer under a wrong key is left out and reported with its offset', () => {
  const { steps, unreadable } = stepsOf([record(4, 'b', timer('a', 100))], 4)
  expect(steps).toEqual([{ from: 4, to: 5, schedule: [], cancel: [] }])
  expect(unreadable).toEqual([{ offset: 4, why: 'its key is "b" but its timerId "a"' }])
})

test('bytes that cannot be decoded are left out and reported', () => {
  const broken = Object.defineProperty(record(7, 'a', null), 'value', {
    get: () => {
      throw new Error('The value is no Avro.')
    },
  })
  expect(stepsOf([broken], 7).unreadable).toEqual([{ offset: 7, why: 'The value is no Avro.' }])
})

test('the steps cover the records without a gap, and end in the same timers whatever their size', () => {
  const changes = fc.array(
    fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(fc.nat(1000)), fc.integer({ min: 1, max: 3 })),
  )
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 5 }), (list, size) => {
      let offset = 0
      const records = list.map(([key, due, gap]) => {
        offset += gap
        return record(offset, key, due === null ? null : timer(key, due))
      })
      const { steps } = stepsOf(records, 0, size)
      const ends = steps.map((step) => step.to)
      expect(steps.map((step) => step.from)).toEqual([0, ...ends].slice(0, steps.length))
      const pending = new Map<string, Timer>()
      for (const step of steps) {
        for (const one of step.schedule) pending.set(one.timerId, one)
        for (const timerId of step.cancel) pending.delete(timerId)
      }
      const last = new Map(records.map((one) => [one.key, one.value]))
      const expected = new Map([...last].filter(([, value]) => value !== null))
      expect(new Map([...pending].sort())).toEqual(new Map([...expected].sort()))
    }),
  )
})
