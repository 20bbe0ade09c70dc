import { expect, test } from 'vitest'
import type { LaneBatch } from './lane-batch.ts'
import { unsettled } from './recovery.ts'

const batch = (number: number, settled: number): LaneBatch => ({
  number,
  settled,
  positions: new Map(),
  starts: new Map([['output', 100 + number]]),
  outputs: [{ topic: 'output', key: null, value: Buffer.from([number]) }],
})
const open = (last: LaneBatch, before?: LaneBatch) => {
  const { starts, outputs } = unsettled(last, before)
  return { from: starts.get('output'), outputs: outputs.map(({ value }) => value?.[0]) }
}

test('both of the last two batches may be unpublished, and are counted from where the first begins', () => {
  expect(open(batch(7, 5), batch(6, 4))).toEqual({ from: 106, outputs: [6, 7] })
})

test('what is settled is not counted again', () => {
  expect(open(batch(7, 6), batch(6, 5))).toEqual({ from: 107, outputs: [7] })
  expect(open({ ...batch(7, 7), outputs: [] }, batch(6, 5))).toEqual({ from: 107, outputs: [] })
})

test('the first batch of a lane has none before it', () => {
  expect(open(batch(1, 0))).toEqual({ from: 101, outputs: [1] })
})
