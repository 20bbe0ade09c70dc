import type { Override } from './roster.ts'
import type { OnDuty } from './stand-in.ts'
import type { Timed } from './timed.ts'

/**
 * What overrides make of who is on duty: first they add, then they replace, then they remove. A person stays on duty
 * once, in the first place. `overrides` come by precedence; where they stand in the file does not count. `taken` is told
 * of everybody whom an override takes off.
 */
export function overridden(
  onDuty: readonly OnDuty[],
  overrides: readonly Override[],
  taken: (override: Override, person: string) => void = () => undefined,
): readonly OnDuty[] {
  if (overrides.length === 0) return onDuty
  const added = overrides.flatMap((override) =>
    override.change === 'add'
      ? [{ person: override.person, reason: { by: 'override', override } as const }]
      : [],
  )
  const replacing = overrides.filter((override) => override.change === 'replace')
  const replaced = [...added, ...onDuty].map((one) => replacedBy(one, replacing, taken))
  return replaced.filter(({ person }) => {
    const off = overrides.filter((one) => one.change === 'remove' && one.person === person)
    for (const override of off) taken(override, person)
    return off.length === 0
  })
}

/**
 * Of overrides about one person, the one that begins last goes first, then the one that ends first: a day within a week
 * is meant to be otherwise than the week. The rest only makes every order of the file the same.
 */
export function byPrecedence(one: Timed<Override>, other: Timed<Override>): number {
  return other.fromMs - one.fromMs || one.toMs - other.toMs || (textOf(one.one) < textOf(other.one) ? -1 : 1)
}

const textOf = (override: Override): string =>
  override.change === 'replace'
    ? JSON.stringify(override.pairs.map(({ person, by }) => [person, by]).sort())
    : override.person

type Replacing = Extract<Override, { change: 'replace' }>

interface Step {
  override: Replacing
  person: string
  by: string
}

function replacedBy(
  one: OnDuty,
  replacing: readonly Replacing[],
  taken: (override: Override, person: string) => void,
): OnDuty {
  const steps = stepsFrom(one.person, replacing)
  for (const { override, person } of steps) taken(override, person)
  const last = steps.at(-1)
  if (!last) return one
  return { person: last.by, reason: { by: 'override', override: last.override, inPlaceOf: last.person } }
}

/** Nobody writes a longer one, and it would take long to follow. */
const longestChain = 20

/**
 * Whoever replaces somebody is replaced in turn: where b stands for a, and c for b, c does the duty of both. Those who come
 * round in a circle swap, and are replaced once; so are those of one override, whose replacements happen at once.
 */
function stepsFrom(start: string, replacing: readonly Replacing[]): Step[] {
  const steps: Step[] = []
  for (let here = start; ; ) {
    const step = stepFrom(here, replacing, steps)
    if (!step || steps.length === longestChain) return steps
    if (step.by === start) return steps.slice(0, 1)
    if (steps.some(({ person }) => person === step.by)) return steps
    steps.push(step)
    here = step.by
  }
}

function stepFrom(
  person: string,
  replacing: readonly Replacing[],
  before: readonly Step[],
): Step | undefined {
  for (const override of replacing) {
    const pair = override.pairs.find((one) => one.person === person)
    if (pair && !before.some((step) => step.override === override)) return { override, ...pair }
  }
  return undefined
}

/** Everybody once, in the first place. */
export function once(onDuty: readonly OnDuty[]): readonly OnDuty[] {
  return onDuty.length < 2
    ? onDuty
    : onDuty.filter(({ person }, index) => onDuty.findIndex((one) => one.person === person) === index)
}
