import { nearest } from '../../reading/did-you-mean.ts'
import { listed } from '../../words/lists.ts'
import type { Person } from '../roster.ts'
import { type Attendee, type Part, whoSaidWhat } from './attendees.ts'
import type { Problem } from './calendar-time.ts'

/** What a shift counts for that somebody has only said perhaps to: nobody guesses. */
export type Tentative = 'take' | 'leave' | 'say'

/**
 * The person whose shift an event is: the one who is invited and has not declined, else the one whom its title names. An
 * address or a full name counts for more than a subject, which may be part of another's name.
 */
export function whoIsNamed(
  people: readonly Person[],
  attendees: readonly Attendee[],
  title: string,
  tentative: Tentative,
): { person: Person } | Problem {
  const said = whoSaidWhat(people, attendees)
  const perhaps = said.filter(({ part }) => part === 'perhaps')
  if (perhaps.length > 0 && tentative === 'say')
    return { problem: `${namesOf(perhaps)} ${has(perhaps)} only said perhaps`, hint: sayTentative }
  const takes = said.filter(({ part }) => part === 'takes' || (part === 'perhaps' && tentative === 'take'))
  const others = said.filter((one) => !takes.includes(one))
  const invited = takes.map(({ person }) => person)
  const candidates =
    invited.length > 0 ? invited : people.filter((one) => !others.some(({ person }) => person === one))
  const named = [
    invited,
    candidates.filter(({ name, email }) => mentions(title, name) || mentions(title, email)),
    candidates.filter(({ subject }) => mentions(title, subject)),
  ]
  const [person] = named.find((found) => found.length === 1) ?? []
  if (person) return { person }
  if (named.some((found) => found.length > 1)) return severalNamed(named)
  return others.length > 0 ? nobodyTook(others) : nobodyNamed(people, title)
}

/** For people, and for events as a whole. */
export const sayTentative =
  'ask for an answer, or say whether tentative shifts count: take them, or leave them'

type Said = readonly { person: Person; part: Part }[]

const namesOf = (said: Said): string => listed(said.map(({ person }) => person.name))

const has = (said: readonly unknown[]): string => (said.length === 1 ? 'has' : 'have')

function nobodyTook(others: Said): Problem {
  const reasons = (Object.keys(answers) as (keyof typeof answers)[]).flatMap((part) => {
    const those = others.filter((one) => one.part === part)
    return those.length > 0 ? [`${namesOf(those)} ${has(those)} ${answers[part]}`] : []
  })
  return {
    problem: `nobody has taken the shift: ${reasons.join(', ')}`,
    hint: 'invite somebody else, or cancel the event',
  }
}

const answers = {
  declined: 'declined',
  'passed-on': 'passed it on to nobody of the roster',
  perhaps: 'only said perhaps',
} satisfies Record<Exclude<Part, 'takes'>, string>

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

/** Whether words stand in a text, whole. */
function mentions(text: string, words: string): boolean {
  if (words === '') return false
  const pattern = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'iu').test(text)
}
