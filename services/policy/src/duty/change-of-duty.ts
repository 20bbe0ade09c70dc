import { dayMs } from '../time/dates.ts'
import { zoneOf } from '../time/zone.ts'
import { listed } from '../words/lists.ts'
import { type CompiledRoster, compileRoster } from './compile-roster.ts'
import type { NameOf } from './in-words.ts'
import type { Roster } from './roster.ts'
import { shifts } from './shifts.ts'
import { whoIsOnDuty } from './who-is-on-duty.ts'

/** No hand-over is looked for further ahead. */
const lookedAheadMs = 62 * dayMs

/**
 * Who is on duty by a new roster and was not by the one before, now and from the next hand-over on: one sentence for each
 * role in which that differs. A name that is left out of a rota moves the turns of all others.
 */
export function changesOfDuty(before: Roster, after: Roster, nowMs: number, nameOf: NameOf): string[] {
  const [was, is] = [compileRoster(before), compileRoster(after)]
  const roles = new Set([...was.duties.keys(), ...is.duties.keys()])
  return [...roles].flatMap((role) => {
    const nextMs = nextHandOver(is, role, nowMs)
    const zone = after.rotas.find((rota) => rota.role === role)?.zone ?? after.zone
    const changes = [
      ...changeAt(nowMs, 'now'),
      ...(nextMs === undefined ? [] : changeAt(nextMs, `from ${wall(nextMs, zone)} (${zone}) on`)),
    ]
    return changes.length === 0 ? [] : [`On duty for ${role} ${changes.join('; ')}.`]

    function changeAt(atMs: number, when: string): string[] {
      const [then, instead] = [was, is].map((roster) => namesAt(roster, role, atMs)) as [string, string]
      return then === instead ? [] : [`${when}: ${instead}, not ${then}`]
    }
  })

  function namesAt(roster: CompiledRoster, role: string, atMs: number): string {
    return listed(whoIsOnDuty(roster, role, atMs).onDuty.map(({ subject }) => nameOf(subject))) || 'nobody'
  }
}

/** When somebody else comes on duty; undefined when that is far off. */
function nextHandOver(roster: CompiledRoster, role: string, nowMs: number): number | undefined {
  const [first, ...others] = shifts(roster, role, nowMs, nowMs + lookedAheadMs)
  const people = (shift: typeof first) => shift?.onDuty.map(({ subject }) => subject).join(' ') ?? ''
  const before = first && people(first)
  return others.find((shift) => people(shift) !== '' && people(shift) !== before)?.from
}

const wall = (atMs: number, zone: string): string =>
  new Date(zoneOf(zone).wallAt(atMs)).toISOString().slice(0, 16).replace('T', ' ')
