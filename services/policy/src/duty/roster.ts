import type { Hours } from '../calendar/hours.ts'

/** Who works here, who is on duty when. Plain data: the same text always gives the same roster. */
export interface Roster {
  /** Zone of dates for roles that have no rota. */
  zone: string
  /** In the order of the file. */
  people: readonly Person[]
  /** At most one for a role. Of a role without one, everybody is on duty. */
  rotas: readonly Rota[]
  absences: readonly Absence[]
  overrides: readonly Override[]
  /** By role: the targets of its chat and of its webhook, by the names that the notifier knows them by. */
  channels: ReadonlyMap<string, RoleChannels>
}

export interface RoleChannels {
  chat?: string
  webhook?: string
}

/** What staff are written to about. */
export const staffOccasions = [
  'yours',
  'escalated',
  'reminded',
  'answered',
  'changed',
  'asked',
  'review',
  'decided',
  'unreachable',
] as const
/** `unreached`: a colleague's mail does not arrive, which is told at the desk alone; nothing of it can be switched. */
export type StaffOccasion = (typeof staffOccasions)[number] | 'unreached'

/** How somebody wants to be told; at the desk they see all of it in any case. */
export interface Notify {
  /** By mail at all. */
  mail: boolean
  /** What they want no mail about. */
  not: readonly StaffOccasion[]
  /** Mails wait for the working hours of the role that they are about. */
  quiet: boolean
  /** One mail a day of all that is still true then, at this time of the role's calendar, minutes after midnight; null for a mail each. */
  digestAt: number | null
}

/** For who has not said how. */
export const usualNotify: Notify = { mail: true, not: [], quiet: true, digestAt: null }

export interface Person {
  /** Immutable id; the name may change. */
  subject: string
  name: string
  email: string
  roles: readonly string[]
  notify: Notify
}

export type Rota = TurnRota | ShiftRota

/** People take turns of one length. */
export interface TurnRota {
  kind: 'turns'
  role: string
  zone: string
  /** Minutes after midnight, on the wall, at which one turn ends and the next begins. */
  handOver: number
  turn: Turn
  /** Local date of the first turn's hand-over, such as 2026-01-05. */
  starts: string
  /** Subjects, in turn; one who is listed twice has two turns a round. */
  people: readonly string[]
  /** When the rota is on duty at all: the hours of each day, Monday first. Empty for always. */
  week: readonly (readonly Hours[])[]
}

/** Days and weeks are those of the calendar; working days those on which the rota's hours begin; hours are elapsed ones. */
export interface Turn {
  count: number
  unit: 'hour' | 'day' | 'working day' | 'week'
}

/** Every shift is written out. */
export interface ShiftRota {
  kind: 'shifts'
  role: string
  /** Zone of the shifts' dates. */
  zone: string
  shifts: readonly Shift[]
}

export interface Shift extends Period {
  person: string
}

/** From the first moment until just before the last; a date at its end is its last day. */
export interface Period {
  from: Moment
  to: Moment
}

/** A date is a day in the zone of whatever it is about. */
export type Moment = { kind: 'date'; date: string } | { kind: 'instant'; atMs: number }

export interface Absence extends Period {
  person: string
  /** Who stands in; without one, the next in the rota does. */
  substitute?: string
}

/** A change of the plan for a time. `add` puts a person first. */
export type Override = Period & { role: string } & (
    | { change: 'add'; person: string }
    | { change: 'remove'; person: string }
    | { change: 'replace'; pairs: readonly Replacement[] }
  )

export interface Replacement {
  person: string
  by: string
}
