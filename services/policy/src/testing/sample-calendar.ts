import { type ICalendarOptions, rotaFromICalendar } from '../duty/icalendar/rota-from-icalendar.ts'
import { rosterWith } from './sample-roster.ts'

const { people } = rosterWith()
/** For tests: the spring of 2026 in London. */
export const spring: ICalendarOptions & { zone: string } = {
  role: 'support',
  people,
  zone: 'Europe/London',
  fromMs: Date.parse('2026-03-01'),
  toMs: Date.parse('2026-05-01'),
}

export const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n')
export const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n')

/** Shifts as text: who, from and to in UTC. */
export function shiftsOf(text: string, options: ICalendarOptions = spring): string[] {
  const read = rotaFromICalendar(text, options)
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1))
  return read.rota.shifts.map(({ person, from, to }) => [person, ...[from, to].map(minute)].join(' '))
}

const minute = (moment: { kind: string }) =>
  'atMs' in moment ? new Date(moment.atMs as number).toISOString().slice(5, 16) : ''

export function errorsOf(text: string, options: ICalendarOptions = spring) {
  const read = rotaFromICalendar(text, options)
  return 'errors' in read ? read.errors.map(({ line, message }) => `${line}: ${message}`) : []
}
