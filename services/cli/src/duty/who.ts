import { type CompiledRoster, type Duty, shifts, whoIsOnDuty } from '@holdpoint/policy/duty'
import { Misuse } from '../failures.ts'
import { instantIn, isoOf } from '../instants.ts'
import { answerLines } from '../json-lines.ts'
import type { Session } from '../session.ts'
import { tableOf } from '../terminal.ts'
import { clock } from '../times.ts'
import { requireRole, rosterFrom, rostersInPlace } from './roster-source.ts'
import { whyText } from './why-text.ts'

export interface WhoOptions {
  role?: string
  at?: string
  roster?: string
  stdin?: boolean
}

/** Says who of a role is on duty at an instant, and how that came. */
export async function who(session: Session, options: WhoOptions): Promise<void> {
  if (options.stdin) return whoOfLines(session, options)
  const { role, at } = options
  if (role === undefined) throw new Misuse('Say --role, or --stdin.')
  const roster = await rosterFrom(session, options.roster)
  await requireRole(session, roster, role, options.roster)
  const duty = whoIsOnDuty(roster, role, at === undefined ? session.now() : instantIn(at))
  session.show(answerOf(role, duty), () => `${dutyText(duty)}\n`)
  if (duty.onDuty.length === 0) session.no()
}

async function whoOfLines(session: Session, { roster: file }: WhoOptions): Promise<void> {
  const inPlace = rostersInPlace()
  const standing = file === undefined ? undefined : await rosterFrom(session, file)
  const all = await answerLines(session.terminal, ({ role, at, roster }) => {
    if (typeof role !== 'string' || typeof at !== 'string')
      throw new Misuse('"role" and "at" have to be text.')
    const asked = roster === undefined ? standing : inPlace(roster)
    if (!asked) throw new Misuse('"roster" is missing: put it in the line, or name a file with --roster.')
    return answerOf(role, whoIsOnDuty(asked as CompiledRoster, role, instantIn(at)))
  })
  if (!all) session.no()
}

const answerOf = (role: string, { onDuty, why }: Duty) => ({
  role,
  onDuty: onDuty.map(({ subject, name }) => ({ subject, name })),
  why,
})

function dutyText(duty: Duty): string {
  const names = duty.onDuty.map(({ name, subject }) => `${name} (${subject})`)
  return `${names.join(', ') || 'Nobody'}: ${whyText(duty)}`
}

export interface ShiftsOptions {
  role: string
  from?: string
  to?: string
  roster?: string
}

const week = 7 * 86_400_000

/** Lists who of a role is on duty from when to when. */
export async function listShifts(session: Session, { role, from, to, roster }: ShiftsOptions): Promise<void> {
  const fromMs = from === undefined ? session.now() : instantIn(from)
  const toMs = to === undefined ? fromMs + week : instantIn(to)
  if (toMs <= fromMs) throw new Misuse('--to has to come after --from.')
  const compiled = await rosterFrom(session, roster)
  await requireRole(session, compiled, role, roster)
  const found = shifts(compiled, role, fromMs, toMs)
  const value = found.map((shift) => ({
    ...answerOf(role, shift),
    from: isoOf(shift.from),
    to: isoOf(shift.to),
  }))
  session.show({ shifts: value }, () =>
    tableOf(
      ['FROM', 'TO', 'ON DUTY', 'WHY'],
      found.map((shift) => [
        clock(isoOf(shift.from)),
        clock(isoOf(shift.to)),
        shift.onDuty.map(({ name }) => name).join(', ') || 'nobody',
        whyText(shift),
      ]),
    ),
  )
}
