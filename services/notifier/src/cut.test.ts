import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut } from './cut.ts'

test('nobody is cut in half', () => {
  expect(cut('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2)).toBe('👩‍👩‍👧‍👦👩‍👩‍👧‍👦…')
  expect(cut('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301e\u0301…')
  expect(cut('नमस्ते', 300)).toBe('नमस्ते')
  expect(cut('one two', 4)).toBe('one…')
})

test('what is kept is the beginning of the text and stays writable', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 20 }), (text, most) => {
      const kept = cut(text, most)
      expect(text.startsWith(kept.replace(/…$/, '')) || kept === text).toBe(true)
      expect(kept.isWellFormed()).toBe(true)
    }),
  )
})
