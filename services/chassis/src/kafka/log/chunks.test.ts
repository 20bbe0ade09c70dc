import { expect, test } from 'vitest'
import { maxRecordBatchBytes } from '../../lane/outgoing.ts'
import { requestsOf } from './chunks.ts'

const output = (topic: string, bytes: number) => ({ topic, key: null, value: Buffer.alloc(bytes) })
const shapeOf = (...records: ReturnType<typeof output>[]) =>
  requestsOf(records).map((request) =>
    Object.fromEntries(request.map(({ topic, records }) => [topic, records.length])),
  )

test('what fits goes out in one request, with one record batch for each topic', () => {
  expect(shapeOf(output('a', 10), output('b', 10), output('a', 10))).toEqual([{ a: 2, b: 1 }])
  expect(shapeOf()).toEqual([])
})

test('a topic that is full begins the next request, and nothing behind it goes out before', () => {
  const half = maxRecordBatchBytes / 2
  expect(shapeOf(output('a', half), output('a', half), output('b', 10))).toEqual([{ a: 1 }, { a: 1, b: 1 }])
})

test('a record larger than a record batch should be has a request of its own', () => {
  expect(shapeOf(output('a', 10), output('a', 2 * maxRecordBatchBytes), output('a', 10))).toEqual([
    { a: 1 },
    { a: 1 },
    { a: 1 },
  ])
})
