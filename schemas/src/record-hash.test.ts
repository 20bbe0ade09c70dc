import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type HashedRecord, recordHash } from './record-hash.ts'

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const record = (change: Partial<HashedRecord> = {}): HashedRecord => ({
  offset: 7,
  timestamp: 1_000,
  keyBytes: Buffer.from('k'),
  valueBytes: Buffer.from('v'),
  ...change,
})

test('the hash of a record is that of offset, time, key and value with their lengths', () => {
  const bytes = Buffer.from(
    '0000000000000000070000000000 0003e8 00000001 6b 00000001 76'.replaceAll(' ', ''),
    'hex',
  )
  expect(recordHash(record())).toEqual(sha(bytes))
})

test('a missing key, an empty key and a key that moved into the value are three different hashes', () => {
  const none = recordHash(record({ keyBytes: null }))
  const empty = recordHash(record({ keyBytes: Buffer.alloc(0) }))
  const moved = recordHash(record({ keyBytes: Buffer.alloc(0), valueBytes: Buffer.from('kv') }))
  expect(new Set([none, empty, moved, recordHash(record())].map((hash) => hash.toString('hex'))).size).toBe(4)
})
