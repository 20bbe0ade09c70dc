import { dayNames } from '../calendar/days-of-week.ts'
import { type Hours, hoursInWords } from '../calendar/hours.ts'
import { counted, listed } from '../words/lists.ts'
import type { Absence, Moment, Override, Period, Rota, Turn } from './roster.ts'

/** The name that people know somebody by, for a subject. */
export type NameOf = (subject: string) => string

export function periodInWords({ from, to }: Period): string {
  return from.kind === 'date' && to.kind === 'date' && from.date === to.date
    ? `on ${from.date}`
    : `from ${momentInWords(from)} to ${momentInWords(to)}`
}

function momentInWords(moment: Moment): string {
  return moment.kind === 'date' ? moment.date : new Date(moment.atMs).toISOString().replace(':00.000Z', 'Z')
}

export function absenceInWords({ person, substitute, ...period }: Absence, nameOf: NameOf): string {
  const standsIn = substitute === undefined ? '' : `; ${nameOf(substitute)} stands in`
  return `${nameOf(person)} is away ${periodInWords(period)}${standsIn}`
}

export function overrideInWords(override: Override, nameOf: NameOf): string {
  const when = `for ${override.role} ${periodInWords(override)}`
  switch (override.change) {
    case 'add':
      return `${nameOf(override.person)} is added ${when}`
    case 'remove':
      return `${nameOf(override.person)} is taken off ${when}`
    case 'replace':
      return `${listed(override.pairs.map(({ person, by }) => `${nameOf(by)} replaces ${nameOf(person)}`))} ${when}`
    default:
      return override satisfies never
  }
}

export function rotaInWords(rota: Rota, nameOf: NameOf): string {
  switch (rota.kind) {
    case 'turns':
      return `turns of ${turnInWords(rota.turn)} from ${rota.starts} at ${clock(rota.handOver)} (${rota.zone}): ${listed(rota.people.map(nameOf))}`
    case 'shifts':
      return `${counted(rota.shifts.length, 'shift')} of ${listed([...new Set(rota.shifts.map(({ person }) => nameOf(person)))])}`
    default:
      return rota satisfies never
  }
}

export function turnInWords({ count, unit }: Turn): string {
  return counted(count, unit)
}

export function weekInWords(week: readonly (readonly Hours[])[]): string {
  const days = week.flatMap((hours, day) => hours.map((one) => `${dayNames[day]} ${hoursInWords(one)}`))
  return days.join(', ') || 'always'
}

/** A wall time, such as 09:00, of minutes after midnight. */
export function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
