import { sound } from '../reading/sound-fields.ts'
import { readClock, readHours } from './read-hours.ts'
import { readDate, readMoment } from './read-moment.ts'
import { readTurn } from './read-turn.ts'
import {
  type Absence,
  type Notify,
  type Override,
  type Period,
  type Person,
  type Roster,
  type Rota,
  type TurnRota,
  usualNotify,
} from './roster.ts'
import type { AbsenceShape, OverrideShape, PersonShape, RosterShape, RotaShape } from './roster-shape.ts'

/** The roster that a file without errors says. */
export function toRoster({
  zone = 'UTC',
  people,
  rotas = {},
  absences = [],
  overrides = [],
  channels = {},
}: RosterShape): Roster {
  return {
    zone,
    people: people.map(toPerson),
    rotas: Object.entries(rotas).map(([role, rota]) => toRota(role, { zone, ...rota })),
    absences: absences.map(toAbsence),
    overrides: overrides.map(toOverride),
    channels: new Map(Object.entries(channels)),
  }
}

const toPerson = ({ email = '', notify = {}, ...person }: PersonShape): Person => ({
  ...person,
  email,
  notify: toNotify(notify),
})

function toNotify({ digest, ...said }: NonNullable<PersonShape['notify']>): Notify {
  return { ...usualNotify, ...said, digestAt: digest === undefined ? null : (readClock(digest) ?? null) }
}

type Zoned = RotaShape & { zone: string }

function toRota(role: string, rota: Zoned): Rota {
  const { zone, shifts } = rota
  if (!shifts) return toTurns(role, rota)
  return {
    kind: 'shifts',
    role,
    zone,
    shifts: shifts.map((shift) => ({ person: shift.person, ...toPeriod(shift) })),
  }
}

function toTurns(role: string, rota: Zoned): TurnRota {
  const { zone, 'hand-over': clock = '', turn = '', starts = '', people = [] } = rota
  return {
    kind: 'turns',
    role,
    zone,
    handOver: readClock(clock) ?? 0,
    turn: sound('turn', readTurn(turn)),
    starts: sound('date', readDate(starts)),
    people,
    week: rota.hours ? sound('week', readHours(rota.hours)) : [],
  }
}

function toAbsence({ person, substitute, ...period }: AbsenceShape): Absence {
  return { person, ...toPeriod(period), ...(substitute === undefined ? {} : { substitute }) }
}

function toOverride({ role, add, remove, replace = {}, ...written }: OverrideShape): Override {
  const period = { role, ...toPeriod(written) }
  if (add !== undefined) return { ...period, change: 'add', person: add }
  if (remove !== undefined) return { ...period, change: 'remove', person: remove }
  const pairs = Object.entries(replace).map(([person, by]) => ({ person, by }))
  return { ...period, change: 'replace', pairs }
}

function toPeriod({ from, to }: { from: string; to: string }): Period {
  return { from: sound('moment', readMoment(from)), to: sound('moment', readMoment(to)) }
}
