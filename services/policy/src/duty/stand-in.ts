import type { Reason } from './duty.ts'
import type { Slot } from './plan.ts'
import type { Absence } from './roster.ts'

/** The absence that keeps somebody away, if one does. */
export type Away = (subject: string) => Absence | undefined

/** Somebody on duty. */
export interface OnDuty {
  person: string
  reason: Reason
}

/** Who does the duty of a slot; nobody when all who could are away. */
export function fill({ person, planned, followers }: Slot, away: Away): OnDuty | undefined {
  const { asked, found } = standIn(person, away)
  if (found === person) return { person, reason: planned }
  if (found !== undefined) return { person: found, reason: { by: 'substitute', for: asked, planned } }
  const without = [...asked]
  for (const follower of followers()) {
    const next = standIn(follower, away)
    without.push(...next.asked.filter((subject) => !without.includes(subject)))
    if (next.found !== undefined)
      return { person: next.found, reason: { by: 'next-in-rota', for: without, planned } }
  }
  return undefined
}

/** Goes from substitute to substitute until somebody is there. `asked` lists those who are away, in order. */
export function standIn(subject: string, away: Away): { asked: string[]; found?: string } {
  const asked: string[] = []
  for (let here = subject; !asked.includes(here); ) {
    const absence = away(here)
    if (!absence) return { asked, found: here }
    asked.push(here)
    if (absence.substitute === undefined) break
    here = absence.substitute
  }
  return { asked }
}
