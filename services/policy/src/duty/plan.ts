import { zoneOf } from '../time/zone.ts'
import type { Gap, Planned } from './duty.ts'
import { openHours } from './open-hours.ts'
import { periodIn } from './period.ts'
import type { Person, Rota, ShiftRota, TurnRota } from './roster.ts'
import { spansOf } from './spans.ts'
import { handOvers, turnsOf } from './turns.ts'

/** What a role's rota says, before absences and overrides. */
export interface Plan {
  at(atMs: number): readonly Slot[] | Gap
  /** Instants near a span of time at which the answer may change. */
  edges(fromMs: number, toMs: number): readonly number[]
}

/** A person's place on duty. */
export interface Slot {
  person: string
  planned: Planned
  /** Who follows in the rota, in order; nobody where everybody is on duty. */
  followers(): readonly string[]
}

export function planOf(role: string, rota: Rota | undefined, people: readonly Person[]): Plan {
  switch (rota?.kind) {
    case undefined:
      return everybody(people.filter(({ roles }) => roles.includes(role)))
    case 'turns':
      return turnPlan(rota)
    case 'shifts':
      return shiftPlan(rota)
    default:
      return rota satisfies never
  }
}

function everybody(people: readonly Person[]): Plan {
  const slots = people.map<Slot>(({ subject }) => ({
    person: subject,
    planned: { by: 'role' },
    followers: () => [],
  }))
  const answer = slots.length > 0 ? slots : ({ because: 'no-such-role' } as const)
  return { at: () => answer, edges: () => [] }
}

function turnPlan(rota: TurnRota): Plan {
  const zone = zoneOf(rota.zone)
  const turns = turnsOf(rota, zone)
  const hours = openHours(rota.week, zone)
  const startsAtMs = turns.startOf(1)
  return {
    at(atMs) {
      const turn = turns.numberAt(atMs)
      if (turn === 0) return { because: 'before-start', startsAtMs }
      return hours.isOpen(atMs) ? [turnSlot(rota.people, turn)] : { because: 'outside-hours' }
    },
    edges: (fromMs, toMs) => [...handOvers(turns, fromMs, toMs), ...hours.edges(fromMs, toMs)],
  }
}

function turnSlot(people: readonly string[], turn: number): Slot {
  const index = (turn - 1) % people.length
  return {
    person: people[index] as string,
    planned: { by: 'turn', turn },
    followers: () => [...people.slice(index + 1), ...people.slice(0, index)],
  }
}

function shiftPlan(rota: ShiftRota): Plan {
  const zone = zoneOf(rota.zone)
  const numbered = rota.shifts.map((shift, index) => ({
    ...periodIn(zone, shift),
    person: shift.person,
    planned: { by: 'shift', shift: index + 1 } as const,
  }))
  const inOrder = numbered.toSorted((one, other) => one.fromMs - other.fromMs)
  const shifts = spansOf(
    inOrder.map((shift, index) => ({
      ...shift,
      followers: () => [...inOrder.slice(index + 1), ...inOrder.slice(0, index)].map(({ person }) => person),
    })),
  )
  return {
    at(atMs) {
      const slots = shifts.at(atMs)
      return slots.length > 0 ? slots : { because: 'no-shift' }
    },
    edges: () => shifts.edges,
  }
}
