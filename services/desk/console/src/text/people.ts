import { useQuery } from '@tanstack/react-query'
import { peopleQuery } from '../api/queries.ts'
import { showList, showRole } from './format.ts'

/** Names a role with the people who have it: `finance (Fiona Walsh)`. */
export function useRoleNames(): (role: string) => string {
  const people = useQuery(peopleQuery).data ?? []
  return (role) => {
    const names = people.filter((person) => person.roles.includes(role)).map((person) => person.name)
    return names.length > 0 ? `${showRole(role)} (${showList(names)})` : showRole(role)
  }
}

/** Names a person by the subject; who is not on the roster keeps what upstream calls them. */
export function usePersonNames(): (subject: string) => string {
  const people = useQuery(peopleQuery).data ?? []
  return (subject) => people.find((person) => person.subject === subject)?.name ?? subject
}
