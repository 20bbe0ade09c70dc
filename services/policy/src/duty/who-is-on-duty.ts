import type { CompiledRoster, RoleDuty } from './compile-roster.ts'
import type { Duty, Gap } from './duty.ts'
import { once, overridden } from './overriding.ts'
import type { Slot } from './plan.ts'
import type { Override, Person } from './roster.ts'
import { type Away, fill, type OnDuty } from './stand-in.ts'

/**
 * Who of a role is on duty at an instant (milliseconds since 1970, UTC). The plan says whose turn it is, absences put
 * others in their place, and overrides have the last word. Every instant has exactly one answer. It is that of the plan:
 * who was on duty when something was decided is told by the record, since the plan may have changed.
 */
export function whoIsOnDuty(roster: CompiledRoster, role: string, atMs: number): Duty {
  const duty = roster.duties.get(role)
  return duty ? dutyAt(duty, roster.people, atMs) : nobody({ because: 'no-such-role' })
}

/** Whether an absence keeps somebody from the duty of a role at an instant; its dates are those of the role's zone. */
export function isAway(roster: CompiledRoster, role: string, subject: string, atMs: number): boolean {
  return (roster.duties.get(role)?.absences.get(subject)?.at(atMs) ?? []).length > 0
}

function dutyAt(duty: RoleDuty, people: ReadonlyMap<string, Person>, atMs: number): Duty {
  const planned = duty.plan.at(atMs)
  const slots = isGap(planned) ? [] : planned
  const present = filled(slots, duty, atMs)
  const overrides = duty.overrides.at(atMs).map(({ one }) => one)
  const onDuty = once(overridden(present, overrides))
  if (onDuty.length === 0) return nobody(gapOf(planned, present, overrides))
  return {
    onDuty: onDuty.map(({ person }) => people.get(person) as Person),
    why: { kind: 'on-duty', reasons: onDuty.map(({ reason }) => reason) },
  }
}

/** Whom which override takes off at an instant. */
export function takenOff(duty: RoleDuty, atMs: number): { override: Override; person: string }[] {
  const planned = duty.plan.at(atMs)
  const present = filled(isGap(planned) ? [] : planned, duty, atMs)
  const overrides = duty.overrides.at(atMs).map(({ one }) => one)
  const found: { override: Override; person: string }[] = []
  overridden(present, overrides, (override, person) => found.push({ override, person }))
  return found
}

function filled(slots: readonly Slot[], { absences }: RoleDuty, atMs: number): OnDuty[] {
  const away: Away = (subject) => absences.get(subject)?.at(atMs)[0]?.one
  return slots.flatMap((slot) => fill(slot, away) ?? [])
}

function gapOf(planned: readonly Slot[] | Gap, present: OnDuty[], overrides: readonly Override[]): Gap {
  if (present.length > 0 || overrides.some(({ change }) => change === 'add'))
    return { because: 'removed', overrides: overrides.filter(({ change }) => change === 'remove') }
  return isGap(planned) ? planned : { because: 'away', people: planned.map(({ person }) => person) }
}

function isGap(planned: readonly Slot[] | Gap): planned is Gap {
  return 'because' in planned
}

const nobody = (cause: Gap): Duty => ({ onDuty: [], why: { kind: 'nobody', cause } })
