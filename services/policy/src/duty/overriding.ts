import type { Override } from './roster.ts'
import type { OnDuty } from './stand-in.ts'

/**
 * What overrides make of who is on duty: first they add, then they replace, then they remove. A person stays on duty
 * once, in the first place.
 */
export function overridden(onDuty: readonly OnDuty[], overrides: readonly Override[]): readonly OnDuty[] {
  if (overrides.length === 0) return onDuty
  const added = overrides.flatMap((override) =>
    override.change === 'add'
      ? [{ person: override.person, reason: { by: 'override', override } as const }]
      : [],
  )
  return removed(replaced([...added, ...onDuty], overrides), overrides)
}

function replaced(onDuty: readonly OnDuty[], overrides: readonly Override[]): readonly OnDuty[] {
  let now = onDuty
  for (const override of overrides) if (override.change === 'replace') now = now.map(replaceBy(override))
  return now
}

/** The replacements of one override happen at once, so that two people can swap. */
function replaceBy(override: Extract<Override, { change: 'replace' }>): (one: OnDuty) => OnDuty {
  return (one) => {
    const pair = override.pairs.find(({ person }) => person === one.person)
    return pair ? { person: pair.by, reason: { by: 'override', override, inPlaceOf: one.person } } : one
  }
}

function removed(onDuty: readonly OnDuty[], overrides: readonly Override[]): readonly OnDuty[] {
  return onDuty.filter(
    ({ person }) => !overrides.some((override) => override.change === 'remove' && override.person === person),
  )
}

/** Everybody once, in the first place. */
export function once(onDuty: readonly OnDuty[]): readonly OnDuty[] {
  return onDuty.length < 2
    ? onDuty
    : onDuty.filter(({ person }, index) => onDuty.findIndex((one) => one.person === person) === index)
}
