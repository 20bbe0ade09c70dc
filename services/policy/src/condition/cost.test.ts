import { expect, test } from 'vitest'
import { dearest, largestRevision, vocabulary } from '../testing/dearest.ts'
import { readCondition } from './condition.ts'
import { type Subject, subjectOf } from './subject.ts'
import { RuleFailure } from './term.ts'

const revision = largestRevision()
const request = revision.requests[0]?.request

const longestMs = 1
/** Steps that take a millisecond on a core of 3 GHz that does nothing else. */
const stepsOfOneMs = 900_000

/**
 * Milliseconds that a judgement takes, as on a core that does nothing else: the best of several runs, each with its
 * lines and changes worked out anew, beside the best of as many runs of a loop whose time there is known. A busy core
 * gets many.
 */
function timeOf(holds: (subject: Subject) => boolean, isAboutRequest: boolean): number {
  let best = Number.POSITIVE_INFINITY
  let yardstick = Number.POSITIVE_INFINITY
  const isWithin = () => best / Math.max(1, yardstick) < longestMs
  for (let run = 0; run < 1_000 && (run < 20 || !isWithin()); run++) {
    const subject = { ...subjectOf(revision), ...(isAboutRequest && request ? { request } : {}) }
    best = Math.min(
      best,
      lengthOf(() => judged(holds, subject)),
    )
    yardstick = Math.min(
      yardstick,
      lengthOf(() => steps(stepsOfOneMs)),
    )
  }
  return best / Math.max(1, yardstick)
}

function judged(holds: (subject: Subject) => boolean, subject: Subject): void {
  try {
    holds(subject)
  } catch (error) {
    if (!(error instanceof RuleFailure)) throw error
  }
}

/** Each step needs the one before. */
function steps(count: number): number {
  let value = 1
  for (let step = 0; step < count; step++) value = (Math.imul(value, 1_103_515_245) + 12_345) | 0
  return value
}

function lengthOf(work: () => unknown): number {
  const since = performance.now()
  work()
  return performance.now() - since
}

test.each(Object.entries(dearest))('%s: at most a millisecond on the largest order', (_, source) => {
  const read = readCondition(source, vocabulary)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const { holds, basis } = read.condition
  expect(timeOf(holds, basis === 'REQUEST')).toBeLessThan(longestMs)
})
