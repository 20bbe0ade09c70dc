import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { situation } from '../testing/random-calendars.ts'
import { type SlowModel, slowModel, unlessTooFar } from '../testing/slow-model.ts'
import { type Calendar, compileCalendar } from './calendar.ts'
import { type Deadline, dueAt, pauseAt, type Remaining, resumeAt, startDeadline } from './deadline.ts'
import { openTimeBetween } from './open-time.ts'
import type { Pause } from './pauses.ts'
import type { Within } from './within.ts'

const minute = 60_000

describe('like the minute-by-minute model, over ten zones and ten years', () => {
  test('deadlines, with and without pauses', () => {
    fc.assert(
      fc.property(situation, ({ definition, start, within, pauses }) => {
        const calendar = compileCalendar(definition)
        const model = slowModel(definition, start)
        const slow = unlessTooFar(() => slowDue(model, within, []))
        const slowPaused = unlessTooFar(() => slowDue(model, within, pauses))
        expect(dueAt(calendar, start * minute, within)).toBe(slow * minute)
        expect(dueAt(calendar, start * minute, within, inMs(pauses))).toBe(slowPaused * minute)
      }),
      { numRuns: 300 },
    )
  }, 60_000)

  test('deadlines that start within a minute', () => {
    fc.assert(
      fc.property(situation, milliseconds, ({ definition, start, within }, late) => {
        const calendar = compileCalendar(definition)
        const model = slowModel(definition, start)
        const slow = unlessTooFar(() => slowDue(model, within, [])) * minute
        const moves = unlessTooFar(() => movesWithStart(model, start, within))
        const due = dueAt(calendar, start * minute + late, within)
        if (within.kind === 'open' && moves) expect(openTimeBetween(calendar, slow, due)).toBe(late)
        else expect(due).toBe(moves ? slow + late : slow)
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})

function slowDue(model: SlowModel, within: Within, pauses: readonly Pause[]): number {
  const { kind, count } = within
  if (kind === 'elapsed') return model.elapsed(count, pauses)
  return kind === 'open' ? model.open(count, pauses) : model.workingDays(count, pauses)
}

/** Whether a start some milliseconds later makes the deadline that much later. */
function movesWithStart(model: SlowModel, start: number, { kind, count }: Within): boolean {
  if (kind === 'elapsed') return true
  return model.isOpen(start) && (kind === 'open' || model.isUncut(count))
}

const milliseconds = fc.integer({ min: 1, max: minute - 1 })

const inMs = (pauses: readonly Pause[]): Pause[] =>
  pauses.map(({ from, to = 0 }) => ({ from: from * minute, to: to * minute }))

describe('step by step as all at once', () => {
  test('stopping and going on again and again, with second questions while it waits', () => {
    fc.assert(
      fc.property(situation, milliseconds, ({ definition, start, within, pauses }, late) => {
        const calendar = compileCalendar(definition)
        const from = start * minute + late
        const asked = inMs(pauses)
        const at = stepByStep(calendar, startDeadline(calendar, from, within), from, asked)
        expect(at).toBe(dueAt(calendar, from, within, asked))
      }),
      { numRuns: 200 },
    )
  }, 60_000)
})

/** As a case does it: each question stops the clock unless it stands, the last answer lets it go on. */
function stepByStep(calendar: Calendar, first: Deadline, from: number, pauses: readonly Pause[]): number {
  const steps = pauses
    .filter(({ from: asked, to = 0 }) => to > Math.max(asked, from))
    .flatMap(({ from: asked, to = 0 }) => [
      { at: Math.max(asked, from), questions: 1 },
      { at: to, questions: -1 },
    ])
    .toSorted((a, b) => a.at - b.at || a.questions - b.questions)
  let deadline = first
  let remaining: Remaining | undefined
  let questions = 0
  for (const step of steps) {
    questions += step.questions
    if (!remaining && questions === 1) remaining = pauseAt(calendar, deadline, step.at)
    if (!remaining || questions > 0) continue
    deadline = resumeAt(calendar, remaining, step.at)
    remaining = undefined
  }
  return deadline.dueMs
}

describe('pauses', () => {
  test('never bring a deadline forward', () => {
    fc.assert(
      fc.property(situation, ({ definition, start, within, pauses }) => {
        const calendar = compileCalendar(definition)
        const due = dueAt(calendar, start * minute, within)
        expect(dueAt(calendar, start * minute, within, inMs(pauses))).toBeGreaterThanOrEqual(due)
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  test('change nothing while the calendar is closed', () => {
    fc.assert(
      fc.property(situation, ({ definition, start, within, pauses }) => {
        fc.pre(within.kind !== 'elapsed')
        const calendar = compileCalendar(definition)
        const closed = inMs(pauses).filter(({ from, to = 0 }) => openTimeBetween(calendar, from, to) === 0)
        expect(dueAt(calendar, start * minute, within, closed)).toBe(dueAt(calendar, start * minute, within))
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})
