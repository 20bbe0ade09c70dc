import type { CaseSummary } from '@holdpoint/desk-contract'
import { chance } from './chance.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** How long things take people, in milliseconds: from the first number up to the second. */
export interface Pace {
  /** Until somebody gets to a case. */
  untilTaken: Span
  /** To look at it and make up one's mind. */
  thinking: Span
  /** Until a question is answered. */
  untilAnswered: Span
  /** Until somebody gets to a case that was overlooked. */
  overlooked: Span
  /** The share of cases that are overlooked. */
  overlookedShare: number
}
type Span = readonly [number, number]

export const humanPace: Pace = {
  untilTaken: [2 * minute, 16 * minute],
  thinking: [12 * second, 40 * second],
  untilAnswered: [2 * minute, 8 * minute],
  overlooked: [1.5 * hour, 3 * hour],
  overlookedShare: 0.05,
}

/** When somebody gets to the case; one that the owner has overlooked is taken sooner by whoever it has come to. */
export function takenAt({ caseId, openedAt, level }: CaseSummary, pace: Pace): number {
  const isOverlooked = level === 0 && chance(`overlooked ${caseId}`) < pace.overlookedShare
  const patience = isOverlooked ? pace.overlooked : pace.untilTaken
  // Most are taken soon, few late.
  return Date.parse(openedAt) + within(patience, chance(`taken ${caseId}`) ** 2)
}

export const thinkingMs = (caseId: string, pace: Pace): number =>
  within(pace.thinking, chance(`thinking ${caseId}`))

export const answeredAt = (caseId: string, askedAt: number, pace: Pace): number =>
  askedAt + within(pace.untilAnswered, chance(`answered ${caseId}`))

const within = ([from, to]: Span, share: number): number => Math.round(from + (to - from) * share)
