import fc from 'fast-check'
import { Partitioners, type PartitionMetadata } from 'kafkajs'
import { expect, it } from 'vitest'
import { partitionOf } from './partition-of.ts'

// Hashes of Kafka's own UtilsTest (testMurmur2).
const hashes = {
  '21': -973932308,
  foobar: -790332482,
  'a-little-bit-long-string': -985981536,
  'a-little-bit-longer-string': -1486304829,
  lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58897971,
  abc: 479470107,
}

it.each(Object.entries(hashes))('puts %s where the Java clients put it', (key, hash) => {
  for (const lanes of [1, 3, 4, 12]) expect(partitionOf(key, lanes)).toBe((hash & 0x7fffffff) % lanes)
})

it('puts any key where the client puts it', () => {
  const client = Partitioners.DefaultPartitioner()
  const of = Array.from({ length: 12 }, (_, partitionId) => ({
    partitionId,
    leader: 0,
  })) as PartitionMetadata[]
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (bytes) => {
      const key = Buffer.from(bytes)
      expect(partitionOf(key, 12)).toBe(
        client({ topic: '', partitionMetadata: of, message: { key, value: null } }),
      )
    }),
  )
})
