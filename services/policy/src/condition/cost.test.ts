import { expect, test } from 'vitest'
import { readCondition } from './condition.ts'
import { dearest, largestRevision, vocabulary } from './dearest.ts'
import { type Subject, subjectOf } from './subject.ts'
import { RuleFailure } from './term.ts'

const revision = largestRevision()
const request = revision.requests[0]?.request

const longestMs = 1

/**
 * The best of several runs: what slows one down is the machine. Each works out the lines and changes anew. A busy
 * machine gets many.
 */
function bestMs(holds: (subject: Subject) => boolean, isAboutRequest: boolean): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < 1_000 && (run < 20 || best >= longestMs); run++) {
    const subject = { ...subjectOf(revision), ...(isAboutRequest && request ? { request } : {}) }
    best = Math.min(
      best,
      timeOf(() => holds(subject)),
    )
  }
  return best
}

function timeOf(judge: () => boolean): number {
  const since = performance.now()
  try {
    judge()
  } catch (error) {
    if (!(error instanceof RuleFailure)) throw error
  }
  return performance.now() - since
}

test.each(Object.entries(dearest))('%s: at most a millisecond on the largest order', (_, source) => {
  const read = readCondition(source, vocabulary)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const { holds, basis } = read.condition
  expect(bestMs(holds, basis === 'REQUEST')).toBeLessThan(longestMs)
})
