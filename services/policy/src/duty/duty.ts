import type { Override, Person } from './roster.ts'

/** Who of a role is on duty at an instant, and how that came. */
export interface Duty {
  /** In order: the first is the assignee. */
  onDuty: readonly Person[]
  why: Why
}

export type Why =
  /** One reason for each person on duty, in the same order. */
  { kind: 'on-duty'; reasons: readonly Reason[] } | { kind: 'nobody'; cause: Gap }

/** How one person came to be on duty. */
export type Reason =
  | Planned
  /** Stands in for somebody who is away. `for` names everybody in between, the planned person first. */
  | { by: 'substitute'; for: readonly string[]; planned: Planned }
  /** Follows in the rota, since whoever `for` names is away without a substitute. */
  | { by: 'next-in-rota'; for: readonly string[]; planned: Planned }
  | { by: 'override'; override: Override; inPlaceOf?: string }

/** What the plan says, before absences and overrides. */
export type Planned =
  /** Counted from 1, since the rota starts. */
  | { by: 'turn'; turn: number }
  /** Counted from 1, in the order of the file. */
  | { by: 'shift'; shift: number }
  /** There is no rota: everybody with the role. */
  | { by: 'role' }

/** Why nobody is on duty. */
export type Gap =
  | { because: 'outside-hours' }
  | { because: 'before-start'; startsAtMs: number }
  | { because: 'no-shift' }
  /** Whose duty it is; none of them, and nobody who follows, is there. */
  | { because: 'away'; people: readonly string[] }
  | { because: 'removed'; overrides: readonly Override[] }
  | { because: 'no-such-role' }

export function sameDuty(one: Duty, other: Duty): boolean {
  return (
    one.onDuty.length === other.onDuty.length &&
    one.onDuty.every((person, index) => person === other.onDuty[index]) &&
    sameWhy(one.why, other.why)
  )
}

function sameWhy(one: Why, other: Why): boolean {
  if (one.kind === 'on-duty' && other.kind === 'on-duty')
    return one.reasons.every((reason, index) => sameReason(reason, other.reasons[index] as Reason))
  if (one.kind === 'nobody' && other.kind === 'nobody') return sameGap(one.cause, other.cause)
  return false
}

function sameReason(one: Reason, other: Reason): boolean {
  switch (one.by) {
    case 'role':
      return other.by === 'role'
    case 'turn':
      return other.by === 'turn' && one.turn === other.turn
    case 'shift':
      return other.by === 'shift' && one.shift === other.shift
    case 'substitute':
    case 'next-in-rota':
      return other.by === one.by && sameList(one.for, other.for) && sameReason(one.planned, other.planned)
    case 'override':
      return other.by === 'override' && one.override === other.override && one.inPlaceOf === other.inPlaceOf
    default:
      return one satisfies never
  }
}

function sameGap(one: Gap, other: Gap): boolean {
  switch (one.because) {
    case 'outside-hours':
    case 'no-shift':
    case 'no-such-role':
    case 'before-start':
      return other.because === one.because
    case 'away':
      return other.because === 'away' && sameList(one.people, other.people)
    case 'removed':
      return other.because === 'removed' && sameList(one.overrides, other.overrides)
    default:
      return one satisfies never
  }
}

const sameList = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index])
