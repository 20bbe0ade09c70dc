import { describe, expect, it } from 'vitest'
import { dueOf, showRemaining, showSpan, showWord } from './format.ts'

describe('text for people', () => {
  const deadline = '2026-03-02T12:00:00.000Z'
  const at = (iso: string) => new Date(iso).getTime()

  it('says how long is left', () => {
    expect(showRemaining(deadline, at('2026-03-02T10:40:00Z'))).toBe('in 1 h 20 min')
  })

  it('says how late it is once the deadline has passed', () => {
    expect(showRemaining(deadline, at('2026-03-02T12:03:10Z'))).toBe('3 min late')
  })

  it('is not late at the deadline itself', () => {
    expect(showRemaining(deadline, at(deadline))).toBe('in 0 s')
  })

  it('has the answer due while a case waits, else the decision, since its first deadline when it is late', () => {
    const one = { question: null, lateSince: null, deadline }
    expect(dueOf(one)).toEqual({ at: deadline, what: '' })
    expect(dueOf({ ...one, lateSince: '2026-03-01' })?.at).toBe('2026-03-01')
    expect(dueOf({ ...one, deadline: null, question: { answerBy: '2026-03-05' } })).toEqual({
      at: '2026-03-05',
      what: 'answer ',
    })
    expect(dueOf({ ...one, deadline: null })).toBeNull()
  })

  it.each([
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_600_000, '1 h 0 min'],
    [90_000_000, '1 d 1 h'],
  ])('shows %i ms as %s', (ms, text) => expect(showSpan(ms)).toBe(text))

  it('turns a symbol into a word', () => expect(showWord('IN_TIME')).toBe('In time'))
})
