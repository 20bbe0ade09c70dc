import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { crc32c } from './crc32c.ts'
import { isPlain, type ProduceRequest, produceRequest } from './produce-request.ts'

const clientsOwn = createRequire(import.meta.url)('kafkajs/src/protocol/requests/produce/v7/request')
const data = fc.option(
  fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: 'binary' }),
  ),
)
const messages = fc.array(fc.record({ key: data, value: data }), { minLength: 1, maxLength: 200 })
const partitions = fc.array(fc.record({ partition: fc.nat(9), firstSequence: fc.nat(), messages }), {
  minLength: 1,
  maxLength: 2,
})
const request = fc.record({
  transactionalId: fc.option(fc.string()),
  acks: fc.constant(-1),
  timeout: fc.nat(),
  producerId: fc.bigInt(0n, 2n ** 63n - 1n).map(String),
  producerEpoch: fc.nat(32_767),
  topicData: fc.array(fc.record({ topic: fc.string(), partitions }), { maxLength: 3 }),
})

test('the bytes are those that the client writes itself', async () => {
  vi.useFakeTimers({ now: 1_795_000_000_000 })
  await fc.assert(
    fc.asyncProperty(request, async (any) => {
      const wanted = await clientsOwn(any).encode()
      expect(produceRequest(any, Date.now()).equals(wanted.buffer)).toBe(true)
    }),
    { numRuns: 200 },
  )
  vi.useRealTimers()
})

test('the checksum is CRC-32C as published', () => {
  const digits = Buffer.from('..123456789')
  expect(crc32c(digits, 2, digits.length)).toBe(0xe3069283)
  expect(crc32c(Buffer.alloc(32), 0, 32)).toBe(0x8a9136aa)
})

test('records with headers, times of their own or compression are left to the client', () => {
  const plain = (more: object, compression = 0): ProduceRequest => ({
    acks: -1,
    timeout: 1,
    compression,
    topicData: [{ topic: 't', partitions: [{ partition: 0, messages: [{ value: 'v', ...more }] }] }],
  })
  expect(isPlain(plain({}))).toBe(true)
  expect(isPlain(plain({ headers: { a: 'b' } }))).toBe(false)
  expect(isPlain(plain({ timestamp: '1' }))).toBe(false)
  expect(isPlain(plain({}, 1))).toBe(false)
})
