import { describe, expect, it } from 'vitest'
import { createAttempts } from './attempt.ts'

describe('ids of commands', () => {
  const counting = () => {
    let count = 0
    return createAttempts(() => `c${++count}`)
  }

  it('gives the same content the same id while no answer is there', () => {
    const attempts = counting()
    expect([attempts.idFor({ reason: 'a' }), attempts.idFor({ reason: 'a' })]).toEqual(['c1', 'c1'])
  })

  it('gives other content another id', () => {
    const attempts = counting()
    expect([attempts.idFor({ reason: 'a' }), attempts.idFor({ reason: 'b' })]).toEqual(['c1', 'c2'])
  })

  it('gives the same content a new id once the first was refused', () => {
    const attempts = counting()
    attempts.idFor({ reason: 'a' })
    attempts.answered()
    expect(attempts.idFor({ reason: 'a' })).toBe('c2')
  })

  it('makes ids that the desk takes', () => {
    const attempts = createAttempts()
    expect(attempts.idFor(1)).toMatch(/^[0-9a-f]{32}$/)
    expect(attempts.idFor(1)).not.toBe(attempts.idFor(2))
  })
})
