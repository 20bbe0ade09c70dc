import { calendarOf, judge, newTrial, type Policy, parsePolicy, revisionsOf, tryOn } from '@holdpoint/policy'
import { dueAt, readWithin, type Within } from '@holdpoint/policy/calendar'
import { compileRoster, gaps, parseRoster } from '@holdpoint/policy/duty'
import type { OrderEvent, Revision } from '@holdpoint/schemas'
import type { Workbench } from './workbench.ts'

export interface PolicyResult {
  /** Exception types of the policy. */
  rules: number
  /** Judging one order by all rules, findings with their evidence included; microseconds. */
  judgeMicros: number
  /** Orders judged by two policies and compared, per second. */
  triedPerSecond: number
  /** Deadlines of all sorts in the office calendar, from random instants of two years, per second. */
  duePerSecond: number
  /** Looking for holes in the duty of 90 days, for all types; milliseconds. */
  gapsMs: number
}

const dayMs = 86_400_000

/** The policy library alone, on the orders of the mix: no Kafka, one process. */
export function policySpeed(bench: Workbench, events: readonly OrderEvent[]): PolicyResult {
  const text = bench.readSample('wholesaler.policy.yaml')
  const policy = policyIn(text)
  const other = policyIn(text.replace('lines.total > 5000', 'lines.total > 4000'))
  const revisions = [...revisionsOf(events.slice(0, 25_000))]
  const result = {
    rules: policy.types.size,
    judgeMicros: 1e6 / perSecond(revisions.length, () => judgeAll(policy, revisions)),
    triedPerSecond: perSecond(revisions.length, () => tryAll(policy, other, revisions)),
    duePerSecond: perSecond(100_000, () => dueAll(policy, 100_000)),
    gapsMs: 1e3 / perSecond(1, () => gapsOf(policy, bench.readSample('roster.yaml'))),
  }
  bench.say(
    `policy: ${result.judgeMicros.toFixed(1)} µs for ${result.rules} rules, ${Math.round(result.triedPerSecond)} orders/s tried, ` +
      `${Math.round(result.duePerSecond)} deadlines/s, gaps ${result.gapsMs.toFixed(0)} ms`,
  )
  return result
}

/** The best of several runs: what slows one down is the machine. */
function perSecond(count: number, run: () => void): number {
  const runs = Array.from({ length: 5 }, () => {
    const since = performance.now()
    run()
    return performance.now() - since
  })
  return (count * 1_000) / Math.min(...runs)
}

function policyIn(text: string): Policy {
  const read = parsePolicy(text)
  if ('policy' in read) return read.policy
  throw new Error(JSON.stringify(read.errors))
}

function judgeAll(policy: Policy, revisions: readonly Revision[]): void {
  for (const revision of revisions) judge(policy, revision)
}

function tryAll(before: Policy, after: Policy, revisions: readonly Revision[]): void {
  const trial = newTrial(before, after)
  for (const revision of revisions) tryOn(trial, before, after, revision)
}

const withins = ['2 hours', '90 working minutes', '4 working hours', '1 working day', '3 working days'].map(
  (text) => (readWithin(text) as { within: Within }).within,
)

function dueAll(policy: Policy, count: number): void {
  const calendar = calendarOf(policy, 'finance')
  const from = Date.UTC(2026, 0, 1)
  // A fixed sequence that looks random: the same questions in every run.
  for (let i = 0, at = 0; i < count; i++) {
    at = (at + 987_654_321_987) % (730 * dayMs)
    dueAt(calendar, from + at, withins[i % withins.length] as Within)
  }
}

function gapsOf(policy: Policy, text: string): void {
  const read = parseRoster(text)
  if (!('roster' in read)) throw new Error(JSON.stringify(read.errors))
  const fromMs = Date.UTC(2026, 10, 1)
  gaps({
    roster: compileRoster(read.roster),
    types: [...policy.types.values()],
    fromMs,
    toMs: fromMs + 90 * dayMs,
  })
}
