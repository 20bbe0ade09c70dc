import { type Difference, difference } from '../change/difference.ts'
import { saidIf } from '../change/said.ts'
import { counted, listed } from '../words/lists.ts'
import { changesOfDuty } from './change-of-duty.ts'
import {
  absenceInWords,
  clock,
  type NameOf,
  overrideInWords,
  periodInWords,
  rotaInWords,
  turnInWords,
  weekInWords,
} from './in-words.ts'
import type { Person, Roster, Rota, Shift, ShiftRota, TurnRota } from './roster.ts'

/**
 * What a new version of the roster changes, one plain sentence for each change; empty when nothing does. `before`
 * undefined: there was none. With `nowMs` it says also who comes on duty by it, now and at the next hand-over.
 */
export function describeRosterChange(before: Roster | undefined, after: Roster, nowMs?: number): string[] {
  if (!before) return [firstVersion(after)]
  const nameOf = namesOf([...before.people, ...after.people])
  return [
    ...peopleChanges(before, after),
    ...rotaChanges(before, after, nameOf),
    ...absenceChanges(before, after, nameOf),
    ...overrideChanges(before, after, nameOf),
    ...channelChanges(before, after),
    ...(before.zone === after.zone
      ? []
      : [`Dates without a rota are taken in ${after.zone}, not ${before.zone}.`]),
    ...(nowMs === undefined ? [] : changesOfDuty(before, after, nowMs, nameOf)),
  ]
}

function firstVersion({ people, rotas }: Roster): string {
  const count = people.length === 1 ? '1 person' : `${people.length} people`
  return `The first version, with ${count} and ${counted(rotas.length, 'rota')}.`
}

/** The latest name of each person; with the subject where two have the same name. */
function namesOf(people: readonly Person[]): NameOf {
  const names = new Map(people.map(({ subject, name }) => [subject, name]))
  const bearers = Map.groupBy(names.values(), (name) => name)
  return (subject) => {
    const name = names.get(subject) ?? subject
    return (bearers.get(name)?.length ?? 0) > 1 ? `${name} (${subject})` : name
  }
}

function peopleChanges(before: Roster, after: Roster): string[] {
  const was = new Map(before.people.map((person) => [person.subject, person]))
  const is = new Map(after.people.map((person) => [person.subject, person]))
  const gone = before.people.filter(({ subject }) => !is.has(subject)).map(({ name }) => `${name} leaves.`)
  const others = after.people.flatMap((person) => personChanges(was.get(person.subject), person))
  return [...gone, ...others, ...orderChange(before, after)]
}

function personChanges(before: Person | undefined, after: Person): string[] {
  const { name, email, roles } = after
  if (!before) return [`${name} joins ${roles.length > 0 ? `as ${listed(roles)}` : 'without a role'}.`]
  const gained = roles.filter((role) => !before.roles.includes(role))
  const lost = before.roles.filter((role) => !roles.includes(role))
  return [
    ...(before.name === name ? [] : [`${before.name} is now called ${name}.`]),
    ...(before.email === email ? [] : [`The address of ${name} is now ${email || 'empty'}.`]),
    ...(gained.length > 0 ? [`${name} gains ${listed(gained)}.`] : []),
    ...(lost.length > 0 ? [`${name} loses ${listed(lost)}.`] : []),
    ...saidIf(notifyInWords(before), notifyInWords(after), (is) => `${name} is told ${is}`),
  ]
}

function notifyInWords({ notify: { mail, not, quiet, digestAt } }: Person): string {
  if (!mail) return 'at the desk alone'
  const but = not.length > 0 ? `, but of what is ${listed(not)}` : ''
  const when = quiet ? 'in working hours' : 'at any hour'
  return digestAt === null
    ? `by mail${but}, ${when}`
    : `by one mail a day at ${clock(digestAt)}${but}, ${when}`
}

function channelChanges(before: Roster, after: Roster): string[] {
  const roles = [...new Set([...before.channels.keys(), ...after.channels.keys()])]
  return roles.flatMap((role) =>
    saidIf(
      channelInWords(role, before),
      channelInWords(role, after),
      (is) => `The role ${role} is told ${is}`,
    ),
  )
}

function channelInWords(role: string, { channels }: Roster): string {
  const { chat, webhook } = channels.get(role) ?? {}
  const by = [...(chat ? [`in the chat ${chat}`] : []), ...(webhook ? [`by the webhook ${webhook}`] : [])]
  return listed(by) || 'person by person alone'
}

/** The order of the file decides who is the assignee of a role that has no rota. */
function orderChange(before: Roster, after: Roster): string[] {
  const rotas = new Set(after.rotas.map(({ role }) => role))
  const roles = new Set(after.people.flatMap((person) => person.roles))
  return [...roles].flatMap((role) => {
    const was = firstOf(role, before)
    const is = firstOf(role, after)
    const stay =
      was && after.people.some(({ subject, roles }) => subject === was.subject && roles.includes(role))
    if (rotas.has(role) || !is || !stay || was.subject === is.subject) return []
    return [`${is.name} is now first for ${role}, before ${was.name}.`]
  })
}

const firstOf = (role: string, { people }: Roster): Person | undefined =>
  people.find(({ roles }) => roles.includes(role))

function rotaChanges(before: Roster, after: Roster, nameOf: NameOf): string[] {
  const was = new Map(before.rotas.map((rota) => [rota.role, rota]))
  const is = new Map(after.rotas.map((rota) => [rota.role, rota]))
  const gone = before.rotas
    .filter(({ role }) => !is.has(role))
    .map(({ role }) => `${role} has no rota any more: everybody with the role is on duty.`)
  return [...gone, ...after.rotas.flatMap((rota) => rotaChange(was.get(rota.role), rota, nameOf))]
}

function rotaChange(before: Rota | undefined, after: Rota, nameOf: NameOf): string[] {
  if (before?.kind === 'turns' && after.kind === 'turns') return turnChanges(before, after, nameOf)
  if (before?.kind === 'shifts' && after.kind === 'shifts') return shiftChanges(before, after)
  const what = before ? 'another rota' : 'a rota'
  return [`${after.role} has ${what}: ${rotaInWords(after, nameOf)}.`]
}

function turnChanges(before: TurnRota, after: TurnRota, nameOf: NameOf): string[] {
  const facts: [what: string, was: string, is: string][] = [
    ['people in turn', listed(before.people.map(nameOf)), listed(after.people.map(nameOf))],
    ['turn', turnInWords(before.turn), turnInWords(after.turn)],
    ['hand-over', clock(before.handOver), clock(after.handOver)],
    ['zone', before.zone, after.zone],
    ['start', before.starts, after.starts],
    ['hours', weekInWords(before.week), weekInWords(after.week)],
  ]
  return facts
    .filter(([, was, is]) => was !== is)
    .map(([what, was, is]) => `The rota of ${after.role}, ${what}: ${is}, not ${was}.`)
}

function shiftChanges(before: ShiftRota, after: ShiftRota): string[] {
  const inWords = (shift: Shift) => `${shift.person} ${periodInWords(shift)}`
  const { gone, added } = difference(before.shifts, after.shifts, inWords)
  return [
    ...(added.length + gone.length === 0
      ? []
      : [`The rota of ${after.role}: ${counted(added.length, 'shift')} more, ${gone.length} fewer.`]),
    ...(before.zone === after.zone
      ? []
      : [`The rota of ${after.role}, zone: ${after.zone}, not ${before.zone}.`]),
  ]
}

function absenceChanges(before: Roster, after: Roster, nameOf: NameOf): string[] {
  return entryChanges(difference(before.absences, after.absences, bySubject(absenceInWords)), (absence) =>
    absenceInWords(absence, nameOf),
  )
}

function overrideChanges(before: Roster, after: Roster, nameOf: NameOf): string[] {
  return entryChanges(difference(before.overrides, after.overrides, bySubject(overrideInWords)), (override) =>
    overrideInWords(override, nameOf),
  )
}

function entryChanges<One>({ gone, added }: Difference<One>, inWords: (one: One) => string): string[] {
  return [...gone.map((one) => `No longer: ${inWords(one)}.`), ...added.map((one) => `${inWords(one)}.`)]
}

/** Two people may have the same name, and one person another name than before: subjects tell entries apart. */
const bySubject =
  <One>(inWords: (one: One, nameOf: NameOf) => string) =>
  (one: One): string =>
    inWords(one, (subject) => subject)
