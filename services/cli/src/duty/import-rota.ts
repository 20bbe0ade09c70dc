import { compileRoster, type Moment, rotaFromICalendar, type Tentative } from '@holdpoint/policy/duty'
import { stringify } from 'yaml'
import { Failure } from '../failures.ts'
import { instantIn, isoOf } from '../instants.ts'
import { problemText } from '../policy/check-policy.ts'
import type { Session } from '../session.ts'
import { readText } from '../text-file.ts'
import { requireRole, rosterIn } from './roster-source.ts'

export interface ImportOptions {
  role: string
  roster: string
  zone?: string
  tentative?: Exclude<Tentative, 'say'>
  from?: string
  days: number
}

const dayMs = 86_400_000

/** Turns the events of an iCalendar file into the shifts of a rota, to be put into the roster. */
export async function importRota(session: Session, options: ImportOptions, file?: string): Promise<void> {
  const { role, zone, tentative, days } = options
  const roster = rosterIn(readText(options.roster), options.roster)
  await requireRole(session, compileRoster(roster), role, options.roster)
  const { people } = roster
  const fromMs = options.from === undefined ? session.now() : instantIn(options.from)
  const read = rotaFromICalendar(readText(file as string), {
    role,
    people,
    ...(zone === undefined ? {} : { zone }),
    ...(tentative === undefined ? {} : { tentative }),
    fromMs,
    toMs: fromMs + days * dayMs,
  })
  if ('errors' in read) {
    const errors = read.errors.map((error) => problemText(file as string, error, 'error')).join('')
    throw new Failure('CALENDAR_ERRORS', `${errors}The calendar was not taken.`)
  }
  const shifts = read.rota.shifts.map(({ person, from, to }) => ({
    person,
    from: written(from),
    to: written(to),
  }))
  const rotas = { rotas: { [role]: { zone: read.rota.zone, shifts } } }
  session.show(rotas, () => stringify(rotas))
}

const written = (moment: Moment): string => (moment.kind === 'date' ? moment.date : isoOf(moment.atMs))
