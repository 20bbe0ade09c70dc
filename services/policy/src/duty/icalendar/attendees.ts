import type { Person } from '../roster.ts'
import { isCalled } from '../same-person.ts'
import type { ContentLine } from './content-lines.ts'

/** Somebody who is invited, and what they have said. */
export interface Attendee {
  /** Address, and the name beside it. */
  names: string[]
  part: Part
  /** Addresses of those who are to come instead. */
  passedTo: string[]
}

/**
 * What somebody does about an invitation (RFC 5545, section 3.2.12). Who has not answered is on duty: a rota needs no
 * answer, and calendars that know of none leave it out.
 */
export type Part = 'takes' | 'perhaps' | 'declined' | 'passed-on'

/** The attendees of an event, without those who are only told of it. */
export function attendeesOf(lines: readonly ContentLine[]): Attendee[] {
  return lines
    .filter(({ name, parameters }) => name === 'ATTENDEE' && !isOnlyTold(parameters.get('ROLE')))
    .map(({ value, parameters }) => {
      const name = parameters.get('CN')
      const passedTo = (parameters.get('DELEGATED-TO') ?? '').split(',').map(addressIn).filter(Boolean)
      const part = parts[parameters.get('PARTSTAT')?.toUpperCase() ?? ''] ?? 'takes'
      return {
        names: [addressIn(value), ...(name === undefined ? [] : [name])],
        part: passedTo.length > 0 && part !== 'declined' ? 'passed-on' : part,
        passedTo,
      }
    })
}

const isOnlyTold = (role = ''): boolean => role.toUpperCase() === 'NON-PARTICIPANT'

const parts: Readonly<Record<string, Part>> = {
  DECLINED: 'declined',
  DELEGATED: 'passed-on',
  TENTATIVE: 'perhaps',
}

const addressIn = (value: string): string =>
  value
    .replaceAll('"', '')
    .trim()
    .replace(/^mailto:/i, '')

/** What each person of the roster has said, in the order of the roster; those who are not invited are left out. */
export function whoSaidWhat(
  people: readonly Person[],
  attendees: readonly Attendee[],
): { person: Person; part: Part }[] {
  const delegates = attendees.flatMap(({ passedTo }) =>
    passedTo.map((name): Attendee => ({ names: [name], part: 'takes', passedTo: [] })),
  )
  return people.flatMap((person) => {
    const isMeant = ({ names }: Attendee) => names.some((name) => isCalled(person, name))
    // Whoever is passed a shift has a line of their own, which says what they do about it; if not, they take it.
    const said = attendees.findLast(isMeant) ?? delegates.find(isMeant)
    return said ? [{ person, part: said.part }] : []
  })
}
