import type { Person } from './roster.ts'

/** Who a system or a person means by a text, as far as a roster can tell. */
type Known = Pick<Person, 'subject' | 'name' | 'email'>

/**
 * Whether a text that another system wrote means this person: their subject, name or address, in any case of letters
 * and with blanks of any kind and number; also `Walsh, Fiona`, `mailto:fiona@…` and `Fiona Walsh <fiona@…>`.
 */
export function isCalled(person: Known, said: string): boolean {
  const own = [person.subject, person.name, person.email].map(plain).filter((one) => one !== '')
  return spellings(said).some((one) => own.includes(one))
}

/** The first person that a text means. */
export function whoIsCalled<P extends Known>(people: Iterable<P>, said: string): P | undefined {
  for (const person of people) if (isCalled(person, said)) return person
  return undefined
}

function spellings(said: string): string[] {
  const whole = plain(said).replace(/^mailto:/, '')
  const [, name, address] = whole.match(/^(.*?)<\s*(?:mailto:)?([^<>]+?)\s*>$/) ?? []
  return [whole, ...(address === undefined ? [] : [unquoted(name ?? ''), address])]
    .flatMap((one) => {
      const turned = /^([^,@]+), ([^,@]+)$/.exec(one)
      return [one, ...(turned ? [`${turned[2]} ${turned[1]}`] : [])]
    })
    .filter((one) => one !== '')
}

const unquoted = (name: string): string =>
  name
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()

/** NFKC also makes a no-break blank a plain one, and a wide letter a narrow one. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase()
}
