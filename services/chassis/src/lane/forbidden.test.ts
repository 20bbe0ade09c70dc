import { expect, test } from 'vitest'
import type { LaneRecord } from '../port.ts'
import { forbidden } from './forbidden.ts'

const record = (own: Partial<LaneRecord>) =>
  ({ topic: 'orders.inbound.v1', key: 'SO-1', keyBytes: Buffer.from('SO-1'), ...own }) as LaneRecord
const value = { orderId: 'SO-1' } as never

test('a record that is keyed as the catalogue says is handed on', () =>
  expect(forbidden(record({ value }))).toBeUndefined())

test.each<[string, Partial<LaneRecord>, string]>([
  [
    'without a key',
    { value, key: '', keyBytes: null },
    'key is missing: send the orderId as the record key.',
  ],
  [
    'under the key of another order',
    { value, key: 'SO-2' },
    'key is "SO-2", but must be the orderId "SO-1".',
  ],
  [
    'about no order',
    { value: { orderId: '' } as never, key: '' },
    'orderId is missing: it says what the record is about.',
  ],
  [
    'without a value, where nothing is deleted',
    { value: null },
    ' has no value: nothing in this topic can be deleted. Send CANCELLED instead.',
  ],
  [
    'under the key of another timer',
    { topic: 'timers.schedule.v1', value: { timerId: 'T-1' } as never },
    'key is "SO-1", but must be the timerId "T-1".',
  ],
])('a record %s is refused', (_, own, said) => {
  const { path, message } = forbidden(record(own)) ?? {}
  expect(`${path} ${message}`).toBe(said)
})

test('a compacted topic forgets by a record without a value', () =>
  expect(forbidden(record({ topic: 'timers.schedule.v1', value: null }))).toBeUndefined())
