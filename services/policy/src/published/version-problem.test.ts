import { sha256 } from '@holdpoint/schemas'
import { describe, expect, test } from 'vitest'
import { mostSkipped, versionsInOrder } from './version-problem.ts'

const published = (version: number, text = `text ${version}`) => ({ version, text, digest: sha256(text) })

/** What is wrong with each record of a topic. */
function problems(...records: [key: string, value: ReturnType<typeof published> | null][]) {
  const check = versionsInOrder()
  return records.map(([key, value]) => check(key, value))
}

describe('a published version', () => {
  test('counts under the next number, also after a number that was given up, and when it is sent twice', () => {
    const records = [1, 2, 2, 4, 3].map((n): [string, ReturnType<typeof published>] => [`${n}`, published(n)])
    expect(problems(...records)).toEqual([undefined, undefined, undefined, undefined, undefined])
  })

  test.each([2_147_483_647, 0, -1, 1 + mostSkipped + 1])('%d is no number that it can have', (number) => {
    const [, wrong, next] = problems(
      ['1', published(1)],
      [`${number}`, published(number)],
      ['2', published(2)],
    )
    expect(wrong).toBe(`Its version is ${number}, but the last one is 1: the next is 2.`)
    expect(next).toBeUndefined()
  })

  test('does not count under another key, with another text than its digest, or without one', () => {
    const found = problems(
      ['1', published(1)],
      ['3', published(2)],
      ['2', { ...published(2), text: 'changed' }],
      ['1', null],
      ['2', published(2)],
    )
    expect(found).toEqual([
      undefined,
      'Its key is "3", but its version 2: they must agree.',
      `Its digest is not that of its text, which is ${sha256('changed')}.`,
      'A published version cannot be deleted.',
      undefined,
    ])
  })

  test('never changes: another text under its number does not count', () => {
    const [, again] = problems(['1', published(1)], ['1', published(1, 'another')])
    expect(again).toContain('Version 1 was published before with another text')
  })
})
