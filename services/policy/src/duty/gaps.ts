import { remembered } from '../time/remembered.ts'
import type { CompiledRoster } from './compile-roster.ts'
import { type DutyShift, shifts } from './shifts.ts'

/** An exception type, as far as people are concerned; both are names of roles. */
export interface StaffedType {
  type: string
  owner: string
  backup: string
}

/** A time, in milliseconds since 1970, at which a case of a type would lack somebody. */
export interface Hole {
  type: string
  from: number
  to: number
  what: Lack
}

/** `same-person`: the owner's assignee is the only backup. */
export type Lack = 'no-owner' | 'no-backup' | 'same-person'

export interface GapsQuestion {
  roster: CompiledRoster
  types: readonly StaffedType[]
  fromMs: number
  toMs: number
}

/**
 * Every hole: none means that each type has, at every instant of the span, somebody of the owner role on duty, and
 * somebody else of the backup role. By time, then in the order of the types; holes of one kind that touch are one.
 */
export function gaps({ roster, types, fromMs, toMs }: GapsQuestion): Hole[] {
  const shiftsOf = remembered((role: string) => shifts(roster, role, fromMs, toMs))
  return types
    .flatMap(({ type, owner, backup }) =>
      lacks(shiftsOf(owner), shiftsOf(backup)).map((lack) => ({ type, ...lack })),
    )
    .sort((one, other) => one.from - other.from)
}

type LackOfTime = Omit<Hole, 'type'>

function lacks(owners: readonly DutyShift[], backups: readonly DutyShift[]): LackOfTime[] {
  const found: LackOfTime[] = []
  for (const { from, to, owner, backup } of together(owners, backups))
    for (const what of lacksOf(owner, backup)) {
      const last = found.findLast((lack) => lack.what === what)
      if (last?.to === from) last.to = to
      else found.push({ from, to, what })
    }
  return found
}

function lacksOf({ onDuty: owners }: DutyShift, { onDuty: backups }: DutyShift): Lack[] {
  const lacking: Lack[] = []
  if (owners.length === 0) lacking.push('no-owner')
  if (backups.length === 0) lacking.push('no-backup')
  const [assignee] = owners
  if (assignee && backups.length > 0 && backups.every(({ subject }) => subject === assignee.subject))
    lacking.push('same-person')
  return lacking
}

/** Two coverings of the same span, cut where either is cut. */
function* together(owners: readonly DutyShift[], backups: readonly DutyShift[]) {
  let one = 0
  let other = 0
  for (;;) {
    const owner = owners[one]
    const backup = backups[other]
    if (!owner || !backup) return
    const to = Math.min(owner.to, backup.to)
    yield { from: Math.max(owner.from, backup.from), to, owner, backup }
    if (owner.to === to) one++
    if (backup.to === to) other++
  }
}
