import type { CompiledRoster, RoleDuty } from './compile-roster.ts'
import { type Duty, sameDuty } from './duty.ts'
import { whoIsOnDuty } from './who-is-on-duty.ts'

/** A time, in milliseconds since 1970, during which duty stays the same; `to` belongs to the next one. */
export interface DutyShift extends Duty {
  from: number
  to: number
}

/**
 * Who of a role is on duty over a span of time: shifts that cover it exactly, one behind the other, each unlike the one
 * before. Raises RangeError when the span ends before it begins, or never.
 */
export function shifts(roster: CompiledRoster, role: string, fromMs: number, toMs: number): DutyShift[] {
  if (!(fromMs <= toMs) || !Number.isFinite(toMs - fromMs))
    throw new RangeError(`No span of time: from ${fromMs} to ${toMs}`)
  const found: DutyShift[] = []
  for (const [from, to] of pieces(roster.duties.get(role), fromMs, toMs)) {
    const duty = whoIsOnDuty(roster, role, from)
    const last = found.at(-1)
    if (last && sameDuty(last, duty)) last.to = to
    else found.push({ from, to, ...duty })
  }
  return found
}

/** A span of time, cut wherever duty may change. */
export function pieces(
  duty: RoleDuty | undefined,
  fromMs: number,
  toMs: number,
): [from: number, to: number][] {
  if (fromMs === toMs) return []
  const inside = (duty ? edgesOf(duty, fromMs, toMs) : []).filter((edge) => fromMs < edge && edge < toMs)
  const cuts = [fromMs, ...new Set(inside.sort((one, other) => one - other))]
  return cuts.map((cut, index) => [cut, cuts[index + 1] ?? toMs])
}

/** Instants near a span of time at which the duty of a role may change. */
export function edgesOf({ plan, absences, overrides }: RoleDuty, fromMs: number, toMs: number): number[] {
  const away = [...absences.values()].flatMap(({ edges }) => edges)
  return [...plan.edges(fromMs, toMs), ...away, ...overrides.edges]
}
