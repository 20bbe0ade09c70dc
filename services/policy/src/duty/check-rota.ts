import { checkMember, checkZone, noRole, type RosterCheck } from './check-mentions.ts'
import { checkPeriod, zoneOfRole } from './check-period.ts'
import { readClock, readHours } from './read-hours.ts'
import { readDate } from './read-moment.ts'
import { readTurn } from './read-turn.ts'
import { rosterFields } from './roster-fields.ts'
import type { SoundRota } from './sound-roster.ts'

/** One rota, and where to report what is wrong with it. */
interface Checked {
  check: RosterCheck
  role: string
  rota: SoundRota
}

export function checkRota(check: RosterCheck, role: string): void {
  const checked = { check, role, rota: check.parts.rotas[role] as SoundRota }
  if (check.roles && !check.roles.has(role))
    check.source.reportName(['rotas', role], ...noRole(role, check.roles))
  checkKind(checked)
  checkZone(check, ['rotas', role, 'zone'], checked.rota.zone)
  checkHandOvers(checked)
  checkPeopleInTurn(checked)
  checkHours(checked)
  checkShifts(checked)
}

const turnFields = ['hand-over', 'turn', 'starts', 'people']

function checkKind({ check: { parts, source }, role, rota: { written } }: Checked): void {
  const needed = written.includes('shifts') ? [] : turnFields
  for (const field of parts.zone === undefined ? ['zone', ...needed] : needed)
    if (!written.includes(field))
      source.reportName(
        ['rotas', role],
        `the rota "${role}" has no "${field}"`,
        `write ${rosterFields.hints[`rotas.${field}`] ?? rosterFields.hints[field]}`,
      )
  if (!written.includes('shifts')) return
  for (const field of [...turnFields, 'hours'].filter((one) => written.includes(one)))
    source.reportName(
      ['rotas', role, field],
      `the rota "${role}" has shifts, which need no "${field}"`,
      `leave out ${field}, or shifts`,
    )
}

function checkHandOvers({ check: { source }, role, rota }: Checked): void {
  const path = ['rotas', role]
  const { 'hand-over': clock, turn, starts } = rota
  if (clock !== undefined && readClock(clock) === undefined)
    source.report([...path, 'hand-over'], `"${clock.slice(0, 60)}" is not a time of day`, 'write "09:00"')
  const readTime = turn === undefined ? undefined : readTurn(turn)
  if (readTime && 'problem' in readTime)
    source.report(
      [...path, 'turn'],
      readTime.problem,
      'write 1 day, 1 working day, 1 week, 2 weeks or 12 hours',
    )
  const countsHours = readTime && 'turn' in readTime && readTime.turn.unit === 'working day'
  if (countsHours && !rota.written.includes('hours'))
    source.report(
      [...path, 'turn'],
      `the rota "${role}" has no hours that would say what its working days are`,
      'write hours: { mon-fri: "09:00-17:00" }, or turn: 1 day',
    )
  const readStart = starts === undefined ? undefined : readDate(starts)
  if (readStart && 'problem' in readStart)
    source.report([...path, 'starts'], readStart.problem, readStart.hint)
}

function checkPeopleInTurn({ check, role, rota: { people = [] } }: Checked): void {
  for (const [index, subject] of people.entries())
    checkMember(check, ['rotas', role, 'people', index], subject, role)
}

function checkHours({ check: { source }, role, rota: { hours } }: Checked): void {
  const path = ['rotas', role, 'hours']
  if (!hours) return
  const read = readHours(hours)
  if ('week' in read) {
    if (read.week.flat().length === 0) source.report(path, 'no hours are given', 'leave hours out for always')
    return
  }
  for (const { path: within, inName, message, hint } of read.problems)
    if (inName) source.reportName([...path, ...within], message, hint)
    else source.report([...path, ...within], message, hint)
}

function checkShifts({ check, role, rota: { shifts } }: Checked): void {
  for (const [index, shift] of shifts.entries()) {
    const path = ['rotas', role, 'shifts', index]
    checkMember(check, [...path, 'person'], shift.person, role)
    checkPeriod(check, path, shift, [zoneOfRole(check, role)])
  }
}
