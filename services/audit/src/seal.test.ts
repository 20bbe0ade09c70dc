import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newKey, seal, unseal } from './seal.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 200 })

test('a sealed text opens with its key, and with no other', () => {
  fc.assert(
    fc.property(text, (plain) => {
      const key = newKey()
      const sealed = seal(plain, key)
      expect(sealed).toMatch(/^sealed\.1\.[\w-]{43}\.[\w-]+$/)
      expect(unseal(sealed, key)).toBe(plain)
      expect(unseal(sealed, newKey())).toBeUndefined()
    }),
  )
})

test('a character that is changed, left out or added anywhere is found', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ '
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(letters.length - 1), (plain, place, letter) => {
      const key = newKey()
      const sealed = seal(plain, key)
      const at = place % sealed.length
      const other = letters[letter] as string
      const [before, behind] = [sealed.slice(0, at), sealed.slice(at + 1)]
      if (sealed[at] !== other) expect(unseal(`${before}${other}${behind}`, key)).toBeUndefined()
      expect(unseal(before + behind, key)).toBeUndefined()
      expect(unseal(`${before}${other}${sealed.slice(at)}`, key)).toBeUndefined()
    }),
    { numRuns: 500 },
  )
})

test('every character of one sealed text counts, down to the last bits', () => {
  const key = newKey()
  const sealed = seal('They moved to 12 Mill Lane.', key)
  for (let at = 0; at < sealed.length; at++)
    for (const other of 'ABab01-_.') {
      if (other === sealed[at]) continue
      expect(unseal(sealed.slice(0, at) + other + sealed.slice(at + 1), key)).toBeUndefined()
    }
})

test('the commitment of another text does not hold, even under the right key', () => {
  const key = newKey()
  const [one, other] = [seal('They moved.', key).split('.'), seal('They did not.', key).split('.')]
  expect(unseal([...one.slice(0, 3), other[3]].join('.'), key)).toBeUndefined()
})

test('the same text is sealed otherwise each time, so that nobody sees that it was said twice or guesses it', () => {
  const key = newKey()
  const sealed = Array.from({ length: 50 }, () => seal('yes', key))
  expect(new Set(sealed.map((one) => one.split('.')[2])).size).toBe(50)
  expect(new Set(sealed.map((one) => one.split('.')[3])).size).toBe(50)
  const bare = createHash('sha256').update('yes').digest('base64url')
  expect(sealed.filter((one) => one.includes(bare))).toEqual([])
})
