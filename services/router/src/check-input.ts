import type { Problem } from '@holdpoint/chassis'
import { evidenceFits } from '@holdpoint/policy'
import {
  canFollow,
  type Findings,
  type Instant,
  orderDigest,
  type RouterState,
  type Timer,
  type TimerFired,
} from '@holdpoint/schemas'
import { pendingTimers } from './messages/timers.ts'
import type { Input } from './record/input.ts'

/** How far the clock of sla-timer may be ahead of this one, milliseconds. */
const clockSkewMs = 5 * 60_000

/** An input beside the order's record: to be taken, of no account any more, or saying what cannot be true. */
export type Checked = 'sound' | 'outOfDate' | { problems: Problem[] }

/** Holds an input against what the order's record says, whoever wrote it. `now`: milliseconds UTC. */
export function checkInput(state: RouterState, input: Input, now: Instant): Checked {
  switch (input.kind) {
    case 'findings':
      return checkFindings(state, input.findings)
    case 'timer':
      return checkFire(state, input.fired, now)
    case 'command':
    case 'duty':
    case 'notice':
    case 'bounce':
      return 'sound'
    default:
      return input satisfies never
  }
}

function checkFindings(state: RouterState, findings: Findings): Checked {
  const { revision: last, digest: known } = state
  const { revision, digest } = findings
  if (!canFollow(revision, last)) {
    const before = last === 0 ? 'the first revision is 1' : `the last one that was judged is ${last}`
    return { problems: [{ path: 'revision', message: `is ${revision}, but ${before}.` }] }
  }
  if (revision === last && digest !== known) {
    const message = `is not that of revision ${revision}, which was judged before with another order.`
    return { problems: [{ path: 'digest', message }] }
  }
  if (revision <= last) return 'outOfDate'
  return isMessy(state, findings) ? soundUnless(digestProblems(findings)) : 'sound'
}

/** The classifier has held the order against its digest already; it is done again where people decide by it. */
function isMessy({ cases }: RouterState, { findings }: Findings): boolean {
  return cases.length > 0 || findings.length > 0
}

function digestProblems({ digest, order, findings }: Findings): Problem[] {
  const problems: Problem[] = []
  if (digest !== orderDigest(order))
    problems.push({ path: 'digest', message: 'is not that of the order, which somebody has changed.' })
  for (const [index, finding] of findings.entries())
    if (!evidenceFits(finding))
      problems.push({ path: `findings.${index}.evidenceDigest`, message: 'is not that of the evidence.' })
  return problems
}

/** A fire is held against the timer that the order waits for: nothing fires early, or in another's name. */
function checkFire(state: RouterState, fired: TimerFired, now: Instant): Checked {
  const timer = pendingTimers(state).get(fired.timerId)
  if (!timer || fired.version < timer.version) return 'outOfDate'
  const problems = differences(timer, fired)
  const { dueAt, firedAt } = fired
  if (firedAt < dueAt)
    problems.push({ path: 'firedAt', message: `is ${iso(firedAt)}, before the timer is due: ${iso(dueAt)}.` })
  if (firedAt > now + clockSkewMs)
    problems.push({ path: 'firedAt', message: `is ${iso(firedAt)}, but it is only ${iso(now)}.` })
  return soundUnless(problems)
}

function differences(timer: Timer, fired: TimerFired): Problem[] {
  const same = ['caseId', 'kind', 'version', 'dueAt'] as const
  return same
    .filter((field) => timer[field] !== fired[field])
    .map((path) => ({ path, message: `is ${fired[path]}, but the timer has ${timer[path]}.` }))
}

const soundUnless = (problems: Problem[]): Checked => (problems.length === 0 ? 'sound' : { problems })

const iso = (at: Instant): string => new Date(at).toISOString()
