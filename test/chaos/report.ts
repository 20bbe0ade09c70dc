import type { LawReport } from './checker/check.ts'
import type { Struck } from './strikes.ts'

export interface ChaosReport {
  at: string
  /** Where the orders come from. */
  source: string
  seed: number
  /** Orders that were sent. */
  offered: number
  /** Orders whose last decision holds no stage. */
  completed: number
  /** What was not at rest when waiting ended. */
  unrest: string[]
  seconds: number
  strikes: Struck[]
  laws: LawReport[]
  /** What the product's own proof of the trail found. */
  proof: string[]
}

/** One thing that has to be so. */
export interface Verdict {
  what: string
  holds: boolean
  details: string[]
}

const leastCompleted = 0.95

export function verdicts({ offered, completed, unrest, strikes, laws, proof }: ChaosReport): Verdict[] {
  const idle = strikes.filter(({ waiting, undecided }) => waiting <= 0 && undecided <= 0)
  const share = offered === 0 ? 0 : completed / offered
  return [
    ...laws.map(({ name, law, seen, violations, violated }) => ({
      what: `${name}: ${law} (${Object.entries(seen)
        .map(([of, count]) => `${of} ${count}`)
        .join(', ')})`,
      holds: violated === 0,
      details: [
        ...violations.map(({ message }) => message),
        ...(violated > violations.length ? [`… ${violated} in all`] : []),
      ],
    })),
    { what: 'audit verify proves the trail', holds: proof.length === 0, details: proof },
    { what: 'the chain came to rest', holds: unrest.length === 0, details: unrest },
    {
      what: `${completed} of ${offered} orders completed (${(100 * share).toFixed(1)} %, at least ${100 * leastCompleted} %)`,
      holds: share >= leastCompleted,
      details: [],
    },
    {
      what: `all ${strikes.length} strikes hit work in flight`,
      holds: idle.length === 0,
      details: idle.map(({ what, victim, at }) => `${what} ${victim} at ${(at / 1000).toFixed(1)} s`),
    },
  ]
}

export function printReport(report: ChaosReport, say: (line: string) => void): void {
  const { offered, source, seconds, seed, strikes } = report
  say(`${offered} orders (${source}), seed ${seed}, ${seconds.toFixed(0)} s`)
  say('')
  for (const line of killTable(strikes)) say(line)
  say('')
  for (const { what, holds, details } of verdicts(report)) {
    say(`${holds ? '✓' : '✗'} ${what}`)
    for (const detail of details) say(`    ${detail}`)
  }
}

function* killTable(strikes: readonly Struck[]): Generator<string> {
  yield 'victim               times   records with it (least, median, most)   ready again, writing again after s (median, most)'
  const groups = Object.groupBy(strikes, ({ what, victim }) => `${what} ${victim}`)
  for (const [strike, all = []] of Object.entries(groups)) {
    const waiting = sorted(all.map((one) => one.waiting))
    const amounts = [waiting[0], median(waiting), waiting.at(-1)]
      .map((count) => String(count).padStart(8))
      .join('')
    const times = [all.map(({ backAfterMs }) => backAfterMs), all.map(({ stalledMs }) => stalledMs)]
      .map(secondsOf)
      .join('   ')
    yield `${strike.padEnd(19)} ${String(all.length).padStart(6)}   ${amounts.padEnd(40)} ${times}`
  }
  const stalled = strikes.filter(({ what }) => what === 'kill').map(({ stalledMs }) => stalledMs)
  yield `Lanes wrote again after ${secondsOf(stalled).trim() || 'a time that nobody saw'} s (median, most) of a kill.`
}

function secondsOf(all: readonly (number | null)[]): string {
  const known = sorted(all.flatMap((ms) => (ms === null ? [] : [ms / 1000])))
  const text = known.length > 0 ? `${median(known)?.toFixed(1)}  ${known.at(-1)?.toFixed(1)}` : ''
  return text.padEnd(10)
}

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b)
const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)]
