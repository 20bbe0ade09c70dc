import { expect, test } from 'vitest'
import { type Found, outdatedAfterMs, placeToStart } from './place.ts'

const now = Date.UTC(2026, 4, 4, 9)
const log = { clusterId: 'here', begin: 3, end: 50 }
const found = (change: Partial<Found> = {}): Found => ({
  offset: 20,
  clusterId: 'here',
  at: now,
  count: 2,
  counted: [2, 2],
  ...change,
})

test('a lane that is as it was written goes on where it stopped', () => {
  expect(placeToStart(found(), log, now)).toEqual({ from: 20 })
  expect(placeToStart(found({ offset: 50 }), log, now)).toEqual({ from: 50 })
})

test.each([
  ['empty', { offset: undefined }],
  ['other-cluster', { clusterId: 'there' }],
  ['other-log', { offset: 51 }],
  ['other-log', { offset: 2 }],
  ['incomplete', { counted: [1, 2] }],
  ['incomplete', { counted: [2, 0] }],
  ['outdated', { at: now - outdatedAfterMs - 1 }],
  ['outdated', { at: now + outdatedAfterMs + 1 }],
  ['spoiled', { offset: Number.NaN }],
  ['spoiled', { offset: 20.5 }],
  ['spoiled', { at: Number.NaN }],
  ['spoiled', { counted: [-1, 2] }],
] as const)('%s: the lane is built again from the first offset that is kept', (rebuild, change) => {
  expect(placeToStart(found(change as Partial<Found>), log, now)).toEqual({ from: 3, rebuild })
})
