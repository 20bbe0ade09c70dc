import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AnswerLink, longestToken, readAnswerLink, signAnswerLink } from './index.ts'

const ours = generateKeyPairSync('ed25519')
const theirs = generateKeyPairSync('ed25519')
const until = Date.UTC(2026, 2, 9, 17)
const link: AnswerLink = {
  orderId: 'SO-1041',
  caseId: 'C-3F8T5W2N6B',
  questionId: 'Q-7ZK2M4Q9XA',
  until,
  language: 'de',
}
const token = signAnswerLink(link, ours.privateKey)
const read = (text: string, now = until - 1) => readAnswerLink(text, [ours.publicKey], now)

test('a token says what was signed, until the instant at which it expires', () => {
  expect(read(token)).toEqual({ link })
  expect(read(token, until - 1)).toEqual({ link })
  expect(read(token, until)).toEqual({ problem: 'EXPIRED', link })
})

test('a token stands in an address as it is and stays short', () => {
  expect(token).toMatch(/^a1\.[\w-]+\.[\w-]+$/)
  expect(token.length).toBeLessThanOrEqual(300)
  const longer = signAnswerLink({ ...link, orderId: '🧾'.repeat(20) }, ours.privateKey)
  expect(longer.length).toBeLessThanOrEqual(300)
  const longest = { ...link, orderId: 'é'.repeat(100), caseId: 'x'.repeat(200), questionId: 'y'.repeat(200) }
  expect(signAnswerLink(longest, ours.privateKey).length).toBeLessThanOrEqual(longestToken)
  expect(read(signAnswerLink(longest, ours.privateKey))).toEqual({ link: longest })
})

test('what another key has signed counts for nothing, and of several keys any does', () => {
  expect(readAnswerLink(token, [theirs.publicKey], 0)).toEqual({ problem: 'ALTERED' })
  expect(readAnswerLink(token, [theirs.publicKey, ours.publicKey], 0)).toEqual({ link })
  expect(readAnswerLink(token, [], 0)).toEqual({ problem: 'ALTERED' })
})

test('no token in which one character was changed, added or left out counts', () => {
  const places = [...token].map((_, at) => at)
  for (const at of places) {
    const changed = token[at] === 'A' ? 'B' : 'A'
    for (const other of [`${token.slice(0, at)}${changed}${token.slice(at + 1)}`, token.slice(0, at)])
      expect(read(other)).toHaveProperty('problem')
    expect(read(`${token.slice(0, at)}${changed}${token.slice(at)}`)).toHaveProperty('problem')
  }
})

test('a later instant cannot be put into a signed token', () => {
  const [prefix, , signature] = token.split('.')
  const later = [link.orderId, link.caseId, link.questionId, until + 1, link.language]
  const content = Buffer.from(JSON.stringify(later)).toString('base64url')
  expect(read(`${prefix}.${content}.${signature}`)).toEqual({ problem: 'ALTERED' })
})

test.each([
  '',
  '.',
  '..',
  '...',
  'a1',
  'a1..',
  'a2.x.y',
  `${token}.`,
  `${token} `,
  `${token}=`,
  'x'.repeat(5_000),
])('%j is no token', (text) => {
  expect(read(text)).toEqual({ problem: 'UNREADABLE' })
})

test('any text is read without an error, and any link comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(read(text)).toHaveProperty('problem')
    }),
  )
  const id = fc.string({ unit: 'grapheme', maxLength: 20 })
  const links = fc.record({ orderId: id, caseId: id, questionId: id, until: fc.nat(), language: id })
  fc.assert(
    fc.property(links, (any) => {
      expect(readAnswerLink(signAnswerLink(any, ours.privateKey), [ours.publicKey], -1)).toEqual({
        link: any,
      })
    }),
  )
})
