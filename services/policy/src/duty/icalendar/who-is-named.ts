import { nearest } from '../../reading/did-you-mean.ts'
import type { Person } from '../roster.ts'
import type { Problem } from './calendar-time.ts'

/**
 * The person whose shift an event is: the one who is invited, else the one whom its title names. An address or a full
 * name counts for more than a subject, which may be part of another's name.
 */
export function whoIsNamed(
  people: readonly Person[],
  attendees: readonly string[],
  title: string,
): { person: Person } | Problem {
  const invited = people.filter((person) => attendees.some((name) => isCalled(person, name)))
  const candidates = invited.length > 0 ? invited : people
  const named = [
    invited,
    candidates.filter(({ name, email }) => mentions(title, name) || mentions(title, email)),
    candidates.filter(({ subject }) => mentions(title, subject)),
  ]
  const [person] = named.find((found) => found.length === 1) ?? []
  if (person) return { person }
  return named.some((found) => found.length > 1) ? severalNamed(named) : nobodyNamed(people, title)
}

function severalNamed(named: readonly Person[][]): Problem {
  const names = named.find((found) => found.length > 1)?.map(({ name }) => name) ?? []
  return { problem: `it names ${names.join(' and ')}`, hint: 'write an event for each of them' }
}

function nobodyNamed(people: readonly Person[], title: string): Problem {
  const near = nearest(
    title,
    people.flatMap(({ name, subject }) => [name, subject]),
  )
  const hint = near
    ? `did you mean "${near}"?`
    : 'write the name, address or subject of one person into its title'
  return { problem: 'it names nobody of the roster', hint }
}

function isCalled({ name, email }: Person, written: string): boolean {
  return [name, email].some((own) => own !== '' && own.toLowerCase() === written.toLowerCase())
}

/** Whether words stand in a text, whole. */
function mentions(text: string, words: string): boolean {
  if (words === '') return false
  const pattern = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'iu').test(text)
}
