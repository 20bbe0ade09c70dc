import { beforeEach, expect, test } from 'vitest'
import { Behind } from './behind.ts'

const t0 = 1_772_442_000_000
const seconds = (n: number) => t0 + n * 1_000
let behind: Behind
beforeEach(() => {
  behind = new Behind()
})

/** A batch each ten seconds, of records that are so many seconds old. */
function batches(from: number, to: number, age: number, lane = 0): void {
  for (let at = from; at <= to; at += 10)
    behind.covered(lane, [{ timestamp: seconds(at) }, { timestamp: seconds(at - age) }], seconds(at))
}

test('a trail that keeps up is up to date, and says by how much it is behind', () => {
  batches(0, 300, 2)
  expect(behind.isUpToDate(seconds(300))).toBe(true)
  expect(behind.byLane(seconds(301))).toEqual([[0, 2_000]])
})

test('a burst is waited for, a trail that stays behind is not up to date', () => {
  batches(0, 120, 90)
  expect(behind.isUpToDate(seconds(120))).toBe(true)
  batches(130, 140, 90)
  expect(behind.isUpToDate(seconds(140))).toBe(false)
})

test('once it has caught up it is up to date again', () => {
  batches(0, 200, 90)
  batches(210, 210, 1)
  expect(behind.isUpToDate(seconds(210))).toBe(true)
})

test('a lane to which nothing more came has caught up', () => {
  batches(0, 200, 90)
  expect(behind.isUpToDate(seconds(240))).toBe(true)
  expect(behind.byLane(seconds(240))).toEqual([[0, 0]])
  batches(240, 240, 90)
  expect(behind.isUpToDate(seconds(240))).toBe(true)
})

test('one lane that is behind is enough', () => {
  batches(0, 200, 1, 0)
  batches(0, 200, 90, 1)
  expect(behind.isUpToDate(seconds(200))).toBe(false)
})
