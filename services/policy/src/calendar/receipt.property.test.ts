import fc from 'fast-check'
import { expect, test } from 'vitest'
import { situation } from '../testing/random-calendars.ts'
import { compileCalendar } from './calendar.ts'
import { dueAt } from './deadline.ts'
import { openTimeBetween } from './open-time.ts'
import { type ReceiptLine, receiptOf } from './receipt.ts'
import { msOf } from './within.ts'

const minute = 60_000

test('the lines of a receipt lie end to end, and what ran is the time of the deadline', () => {
  fc.assert(
    fc.property(situation, fc.integer({ min: 0, max: 20_000 * minute }), (one, late) => {
      const { definition, start, within, pauses } = one
      const calendar = compileCalendar(definition)
      const from = start * minute
      const inMs = pauses.map(({ from: asked, to = 0 }) => ({ from: asked * minute, to: to * minute }))
      const due = dueAt(calendar, from, within, inMs) ?? 0
      const receipt = receiptOf(calendar, from, within, inMs, due + late)
      expectEndToEnd(receipt, from, due)
      const needed =
        within.kind === 'working-days'
          ? openTimeBetween(calendar, from, dueAt(calendar, from, within))
          : msOf(within)
      expect(sum(receipt, 'ran')).toBe(needed)
      if (within.kind === 'elapsed') expect(sum(receipt, 'closed')).toBe(0)

      const until = from + Math.floor((due - from) / 3)
      const begun = receiptOf(calendar, from, within, inMs, until)
      expectEndToEnd(begun, from, until)
      for (const line of begun.slice(0, -1)) expect(receipt).toContainEqual(line)
    }),
    { numRuns: 200 },
  )
}, 60_000)

function expectEndToEnd(receipt: readonly ReceiptLine[], from: number, to: number): void {
  expect(receipt[0]?.from ?? to).toBe(from)
  expect(receipt.at(-1)?.to ?? from).toBe(to)
  for (const [index, line] of receipt.entries()) {
    expect(line.from).toBeLessThan(line.to)
    if (index === 0) continue
    expect(line.from).toBe(receipt[index - 1]?.to)
    expect(line.kind).not.toBe(receipt[index - 1]?.kind)
  }
}

const sum = (receipt: readonly ReceiptLine[], kind: ReceiptLine['kind']): number =>
  receipt.filter((line) => line.kind === kind).reduce((total, { from, to }) => total + to - from, 0)
