import { expect, test } from 'vitest'
import { longestWaitMs, Patience } from './patience.ts'

const record = (offset: number, topic = 'desk.commands.v1' as const) => ({ topic, offset })

/** Attempts every 100 ms until one was the last; gives how long that took. */
function untilSpent(patience: Patience, offset: number, from = 0): number {
  for (let now = from; now < from + 10 * longestWaitMs; now += 100)
    if (patience.isSpent(record(offset), now)) return now - from
  return Number.POSITIVE_INFINITY
}

test('a record is waited for from its first attempt, each record anew', () => {
  const patience = new Patience()
  expect(untilSpent(patience, 7)).toBe(longestWaitMs)
  expect(untilSpent(patience, 8, 1_000_000)).toBe(longestWaitMs)
})

test('time in which the tables are not read does not count, however long it is', () => {
  let isRead = true
  const patience = new Patience(() => isRead)
  patience.isSpent(record(7), 0)
  patience.isSpent(record(7), longestWaitMs - 100)
  isRead = false
  expect(patience.isSpent(record(7), 10 * longestWaitMs)).toBe(false)
  isRead = true
  expect(patience.isSpent(record(7), 20 * longestWaitMs)).toBe(false)
  expect(patience.isSpent(record(7), 20 * longestWaitMs + 99)).toBe(false)
  expect(patience.isSpent(record(7), 20 * longestWaitMs + 100)).toBe(true)
})

test('a pause in which the lane was prepared anew does not count', () => {
  const patience = new Patience()
  patience.isSpent(record(7), 0)
  patience.pause()
  expect(patience.isSpent(record(7), 10 * longestWaitMs)).toBe(false)
  expect(patience.isSpent(record(7), 11 * longestWaitMs)).toBe(true)
})

test('records of other topics that wait meanwhile have a wait of their own', () => {
  const patience = new Patience()
  patience.isSpent(record(7), 0)
  const other = { topic: 'cases.findings.v1' as const, offset: 3 }
  patience.isSpent(other, longestWaitMs - 1)
  expect(patience.isSpent(record(7), longestWaitMs)).toBe(true)
  expect(patience.isSpent(other, longestWaitMs)).toBe(false)
})
