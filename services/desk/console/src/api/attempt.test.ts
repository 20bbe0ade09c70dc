import { describe, expect, it } from 'vitest'
import { type Attempt, attemptOf, isOvertaken } from './attempt.ts'

describe('ids of commands', () => {
  let count = 0
  const next = (before: Attempt | null, content: unknown) =>
    attemptOf(before, content, 5, () => `c${++count}`)

  it('gives the same content the same id while no answer is there, also after it was written down', () => {
    const first = next(null, { reason: 'a' })
    const kept = JSON.parse(JSON.stringify(first)) as Attempt
    expect(next(kept, { reason: 'a' }).id).toBe(first.id)
  })

  it('gives other content another id, and says that the first has to be settled before', () => {
    const first = next(null, { reason: 'a' })
    expect(next(first, { reason: 'b' }).id).not.toBe(first.id)
    expect([isOvertaken(first, { reason: 'b' }), isOvertaken(first, { reason: 'a' })]).toEqual([true, false])
  })

  it('gives the same content a new id once the first was answered', () => {
    const first = next(null, { reason: 'a' })
    expect(next(null, { reason: 'a' }).id).not.toBe(first.id)
    expect(isOvertaken(null, { reason: 'a' })).toBe(false)
  })

  it('makes ids that the desk takes', () => {
    const one = attemptOf(null, 1)
    expect(one.id).toMatch(/^[0-9a-f]{32}$/)
    expect(attemptOf(null, 1).id).not.toBe(one.id)
  })
})
