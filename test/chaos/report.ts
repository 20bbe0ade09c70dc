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
  yield 'victim        times   records with it (least, median, most)   back after s (median, most)'
  for (const [victim, all = []] of Object.entries(Object.groupBy(strikes, ({ victim }) => victim))) {
    const waiting = all.map((one) => one.waiting).sort((a, b) => a - b)
    const back = all
      .flatMap((one) => (one.backAfterMs === null ? [] : one.backAfterMs / 1000))
      .sort((a, b) => a - b)
    const amounts = [waiting[0], median(waiting), waiting.at(-1)]
      .map((count) => String(count).padStart(8))
      .join('')
    const times = back.length > 0 ? `${median(back)?.toFixed(1)}  ${back.at(-1)?.toFixed(1)}` : ''
    yield `${victim.padEnd(12)} ${String(all.length).padStart(6)}   ${amounts.padEnd(40)} ${times}`
  }
}

const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)]
