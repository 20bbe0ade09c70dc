import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LeafRecord, leafHash, merkleRoot } from './merkle.ts'

const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
const leaf = (text: string) => sha(Buffer.of(0), Buffer.from(text))
const node = (left: Buffer, right: Buffer) => sha(Buffer.of(1), left, right)
const record = (change: Partial<LeafRecord> = {}): LeafRecord => ({
  offset: 7,
  timestamp: 1_000,
  keyBytes: Buffer.from('k'),
  valueBytes: Buffer.from('v'),
  ...change,
})

test('the tree is split at the largest power of two below its size', () => {
  const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(leaf) as [Buffer, Buffer, Buffer, Buffer, Buffer]
  expect(merkleRoot([a])).toBe(a.toString('hex'))
  expect(merkleRoot([a, b])).toBe(node(a, b).toString('hex'))
  expect(merkleRoot([a, b, c])).toBe(node(node(a, b), c).toString('hex'))
  expect(merkleRoot([a, b, c, d, e])).toBe(node(node(node(a, b), node(c, d)), e).toString('hex'))
})

test('a leaf is the hash of offset, time, key and value with their lengths', () => {
  const bytes = Buffer.from(
    '0000000000000000070000000000 0003e8 00000001 6b 00000001 76'.replaceAll(' ', ''),
    'hex',
  )
  expect(leafHash(record())).toEqual(sha(bytes))
})

test('a missing key, an empty key and a key that moved into the value are three different leaves', () => {
  const none = leafHash(record({ keyBytes: null }))
  const empty = leafHash(record({ keyBytes: Buffer.alloc(0) }))
  const moved = leafHash(record({ keyBytes: Buffer.alloc(0), valueBytes: Buffer.from('kv') }))
  expect(new Set([none, empty, moved, leafHash(record())].map((hash) => hash.toString('hex'))).size).toBe(4)
})

test('changing, dropping or swapping leaves changes the root', () => {
  const leaves = fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 20 })
  fc.assert(
    fc.property(leaves, fc.nat(), fc.nat(), (texts, i, j) => {
      const root = merkleRoot(texts.map(leaf))
      const at = i % texts.length
      const other = (at + 1 + (j % (texts.length - 1))) % texts.length
      const swapped = texts.with(at, texts[other] as string).with(other, texts[at] as string)
      expect(merkleRoot(swapped.map(leaf))).not.toBe(root)
      expect(merkleRoot(texts.with(at, `${texts[at]}!`).map(leaf))).not.toBe(root)
      expect(merkleRoot(texts.toSpliced(at, 1).map(leaf))).not.toBe(root)
    }),
  )
})
