import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { merkleRoot } from './merkle.ts'

const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
const leaf = (text: string) => sha(Buffer.of(0), Buffer.from(text))
const node = (left: Buffer, right: Buffer) => sha(Buffer.of(1), left, right)

test('the tree is split at the largest power of two below its size', () => {
  const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(leaf) as [Buffer, Buffer, Buffer, Buffer, Buffer]
  expect(merkleRoot([a])).toBe(a.toString('hex'))
  expect(merkleRoot([a, b])).toBe(node(a, b).toString('hex'))
  expect(merkleRoot([a, b, c])).toBe(node(node(a, b), c).toString('hex'))
  expect(merkleRoot([a, b, c, d, e])).toBe(node(node(node(a, b), node(c, d)), e).toString('hex'))
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
