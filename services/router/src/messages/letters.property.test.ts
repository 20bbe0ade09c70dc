/** No letter contradicts the decision that it follows, whatever happens to an order, in each language. */
import type { NoticeRequest, RouterState, StageVerdict } from '@holdpoint/schemas'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isOpen, keepsWaiting } from '../record/state.ts'
import { Life } from '../testing/histories.ts'
import { claimsOf } from '../testing/letter-claims.ts'
import { steps } from '../testing/random-steps.ts'

interface Sent {
  letter: NoticeRequest
  /** The decision that billing and warehouse have at that moment. */
  verdicts: readonly StageVerdict[]
  state: RouterState
}

/** Looks at each letter of a life, and at the life after each step. */
function inLives(language: string, look: (sent: Sent) => void, after?: (life: Life) => void): void {
  fc.assert(
    fc.property(steps, (path) => {
      const life = new Life(language)
      let verdicts: readonly StageVerdict[] = []
      for (const step of path) {
        const from = life.history.steps.length
        life.do(step)
        for (const { state, publish } of life.history.steps.slice(from)) {
          for (const one of publish)
            if (one.topic === 'orders.decisions.v1' && one.value) verdicts = one.value.verdicts
          for (const one of publish)
            if (one.topic === 'notices.requested.v1' && one.value?.recipient === 'CUSTOMER')
              look({ letter: one.value, verdicts, state })
        }
        after?.(life)
      }
    }),
    { numRuns: 150 },
  )
}

const notBegun = ({ verdicts, state }: Sent) =>
  verdicts.filter(({ stage }) => (state.stages[stage] ?? 'WAITING') === 'WAITING')
const having = (verdicts: readonly StageVerdict[], verdict: string) =>
  verdicts.filter((one) => one.verdict === verdict).map(({ stage }) => stage)
const openQuestions = ({ cases }: RouterState) =>
  cases.flatMap(({ status, question }) =>
    status === 'WAITING' && question?.to === 'customer' ? [question] : [],
  )

describe.each(['en', 'de', 'fr'])('a letter in %s', (language) => {
  test('says of each stage what the decision says', () => {
    let seen = 0
    inLives(language, (sent) => {
      const { letter, state } = sent
      const claims = claimsOf(letter)
      const verdicts = notBegun(sent)
      seen += claims.waits.length + claims.goesOn.length + claims.stopped.length
      if (state.cancelled) {
        expect(claims).toMatchObject({ cancelled: true, waits: [], goesOn: [], allGoesOn: false })
        return
      }
      expect(claims.cancelled).toBe(false)
      expect(claims.waits.sort()).toEqual(having(verdicts, 'HOLD').sort())
      for (const stage of claims.goesOn) expect(having(verdicts, 'PROCEED')).toContain(stage)
      for (const stage of claims.stopped) expect(having(verdicts, 'STOP')).toContain(stage)
      const all = (verdict: string) =>
        verdicts.length > 0 && having(verdicts, verdict).length === verdicts.length
      // Of what never waited it is said stage by stage.
      const isEachSaid = verdicts.length > 0 && claims.goesOn.length === verdicts.length
      expect(claims.allGoesOn || isEachSaid).toBe(all('PROCEED'))
      expect(claims.allStopped).toBe(all('STOP'))
      for (const stage of having(verdicts, 'STOP'))
        expect(claims.allStopped || claims.stopped.includes(stage)).toBe(true)
    })
    expect(seen).toBeGreaterThan(100)
  })

  test('says that there is nothing to do exactly when nothing is asked', () => {
    inLives(language, ({ letter, state, verdicts }) => {
      const { nothingToDo, quotes, asksForAnswer } = claimsOf(letter)
      const asked = openQuestions(state)
      if (asked.length > 0) expect(nothingToDo).toBe(false)
      if (letter.occasion !== 'ended') expect(quotes.sort()).toEqual(asked.map(({ text }) => text).sort())
      expect(asksForAnswer).toBe(quotes.length > 0)
      if (asked.length === 0 && having(verdicts, 'HOLD').length > 0 && letter.occasion !== 'question')
        expect(nothingToDo).toBe(true)
    })
  })

  test('promises no date but one that is kept: by then the customer is written to again, or all is over', () => {
    let promised = 0
    inLives(language, ({ letter, state }) => {
      const { hearFrom } = claimsOf(letter)
      if (hearFrom === undefined || !state.cases.some(keepsWaiting)) return
      promised += 1
      expect(state.promised).not.toBeNull()
      expect(state.promised).toBeGreaterThan(letter.at)
      expect(state.silence?.dueAt).toBeLessThanOrEqual(state.promised ?? 0)
    })
    expect(promised).toBeGreaterThan(10)
  })

  test('names nothing of the house, and leaves no hole', () => {
    inLives(language, ({ letter, state }) => {
      const text = [letter.subject, ...letter.paragraphs.map((one) => one.text)].join('\n')
      expect(text).not.toMatch(/\{\{|undefined|null|NaN|Invalid|[A-Z]{3,}_[A-Z]/)
      // `stopped` and `other` are words of everybody.
      const words = state.cases.flatMap(({ name, type }) => (type.includes('-') ? [name, type] : [name]))
      for (const word of words) expect(text).not.toContain(word)
      expect(letter.subject).not.toBe('')
      expect(letter.paragraphs.length).toBeGreaterThan(1)
    })
  })
})

test('who was told that something holds their order is told how it ended, once nothing holds it', () => {
  let ended = 0
  inLives(
    'en',
    ({ letter }) => {
      if (letter.occasion === 'ended') ended += 1
    },
    ({ history: { state } }) => {
      if (state.verdicts.some(({ verdict }) => verdict === 'HOLD')) return
      expect(state.cases.filter((one) => !isOpen(one) && one.told === 'OPENED')).toEqual([])
    },
  )
  expect(ended).toBeGreaterThan(20)
})
