import { expect, test } from 'vitest'
import { office, told, within } from '../testing/told.ts'
import { compileCalendar } from './calendar.ts'
import type { Pause } from './pauses.ts'
import { receiptOf } from './receipt.ts'

const calendar = compileCalendar(office)
const at = (text: string): number => Date.parse(`2026-03-${text}:00Z`)

function receipt(from: string, text: string, pauses: Pause[], until: string): string[] {
  const lines = receiptOf(calendar, at(from), within(text), pauses, at(until))
  return lines.map(
    (line) => `${[line.from, line.to].map((each) => told(each, 'UTC').slice(8, 16)).join(' ')} ${line.kind}`,
  )
}

test('an open time ran, paused and was closed', () => {
  const pauses = [{ from: at('06T15:00'), to: at('09T10:00') }]
  expect(receipt('06T08:00', '8 working hours', pauses, '31T00:00')).toEqual([
    '06T08:00 06T09:00 closed',
    '06T09:00 06T15:00 ran',
    '06T15:00 09T10:00 paused',
    '09T10:00 09T12:00 ran',
  ])
})

test('a deadline that is not due yet has a receipt up to now', () => {
  expect(receipt('06T16:00', '2 working hours', [], '07T12:00')).toEqual([
    '06T16:00 06T16:30 ran',
    '06T16:30 07T12:00 closed',
  ])
})

test('an elapsed time is never closed', () => {
  expect(receipt('06T16:00', '1 day', [{ from: at('06T18:00'), to: at('06T20:00') }], '31T00:00')).toEqual([
    '06T16:00 06T18:00 ran',
    '06T18:00 06T20:00 paused',
    '06T20:00 07T18:00 ran',
  ])
})

test('a pause without an end lasts until now', () => {
  expect(receipt('06T16:00', '2 hours', [{ from: at('06T17:00') }], '08T00:00')).toEqual([
    '06T16:00 06T17:00 ran',
    '06T17:00 08T00:00 paused',
  ])
})

test('working days that end on an opening are closed before it', () => {
  expect(receipt('06T09:00', '1 working day', [], '31T00:00')).toEqual([
    '06T09:00 06T16:30 ran',
    '06T16:30 09T09:00 closed',
  ])
})

test('before the start there is nothing', () => {
  expect(receipt('06T16:00', '2 hours', [], '06T16:00')).toEqual([])
  expect(receipt('06T16:00', '2 hours', [], '06T12:00')).toEqual([])
})
