import { listed } from '../words/lists.ts'
import type { Person } from './roster.ts'

/** An exception type, as far as it says who has to decide. */
export interface DecidedType {
  type: string
  name: string
  owner: string
  ladder: readonly { to: string }[]
  actions: readonly string[]
  approvals: number
  fourEyes: boolean
  requestedBy: readonly string[]
}

/** A kind of case that its owner role cannot decide by itself, so that it is the next level's from its beginning. */
export interface Undecidable {
  what: Lacking
  /** So many others have to approve. */
  needed: number
  /** Those of the owner role who are there, of whom the first is the one whose own it is, if it is somebody's. */
  there: readonly Person[]
  /** The first role on the ladder with which there are enough; undefined when there never are. */
  next: string | undefined
}

/**
 * `approvals`: more have to approve than there are. `own-correction`: with four eyes, whoever corrects is the only one who
 * could approve. `own-request`: whoever asks is the only one who could decide.
 */
export type Lacking = 'approvals' | 'own-correction' | 'own-request'

/** Which cases of a type its owner role cannot decide by itself. `peopleOf` gives those of a role who could. */
export function undecidable(one: DecidedType, peopleOf: (role: string) => readonly Person[]): Undecidable[] {
  const owners = peopleOf(one.owner)
  if (owners.length === 0) return []
  return lacking(one, owners, peopleOf).map(({ what, own }) => ({
    what,
    needed: one.approvals,
    there: [...own, ...owners.filter((person) => !own.includes(person))],
    next: one.ladder.find((_, level) => {
      const levels = [one.owner, ...one.ladder.slice(0, level + 1).map(({ to }) => to)]
      return others(levels.flatMap(peopleOf), own).length >= one.approvals
    })?.to,
  }))
}

function lacking(
  { actions, approvals, fourEyes, requestedBy }: DecidedType,
  owners: readonly Person[],
  peopleOf: (role: string) => readonly Person[],
): { what: Lacking; own: Person[] }[] {
  if (owners.length < approvals) return [{ what: 'approvals', own: [] }]
  if (owners.length > approvals) return []
  const requesters = requestedBy.flatMap(peopleOf)
  const asks = owners.find((person) => requesters.includes(person))
  return [
    ...(fourEyes && actions.includes('CORRECT')
      ? [{ what: 'own-correction' as const, own: owners.slice(0, 1) }]
      : []),
    ...(asks ? [{ what: 'own-request' as const, own: [asks] }] : []),
  ]
}

/** Everybody counts once, whatever roles they have or stand in for. */
const others = (people: readonly Person[], own: readonly Person[]): Person[] =>
  [...new Set(people)].filter((person) => !own.includes(person))

/** As a sentence without its stop. */
export function undecidableInWords(
  { what, needed, there, next }: Undecidable,
  { owner }: DecidedType,
): string {
  const names = listed(there.map(({ name }) => name))
  const end = next === undefined ? 'nobody on its ladder could decide it either' : `${next} has it at once`
  switch (what) {
    case 'approvals':
      return `${needed} people have to approve, and of ${owner} there is only ${names}: ${end}`
    case 'own-correction':
      return needed === 1
        ? `${names} is the only one of ${owner}, and may not approve a correction of their own: ${end}`
        : `${names} are all of ${owner}, and whoever of them corrects may not be one of the ${needed} who approve: ${end}`
    case 'own-request':
      return needed === 1
        ? `${names} is the only one of ${owner}, and may ask for it, but not decide on it then: ${end}`
        : `${names} are all of ${owner}, and ${there[0]?.name} may ask for it, but not be one of the ${needed} who approve then: ${end}`
    default:
      return what satisfies never
  }
}
