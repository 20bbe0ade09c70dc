import type { Actor } from '@holdpoint/schemas'
import type { CaseRow } from '../case-row.ts'
import type { Person } from '../read/people.ts'

/** Who may publish a policy or a roster. */
export const publisherRoles = ['order-manager', 'policy-author']

/**
 * The one person there is before a roster is published, so that somebody can publish it. From then on only the
 * people of the roster sign in.
 */
export const bootstrapPerson: Person = {
  subject: 'admin',
  name: 'First administrator',
  email: '',
  roles: publisherRoles,
}

export function mayPublish({ roles }: { roles: readonly string[] }): boolean {
  return roles.some((role) => publisherRoles.includes(role))
}

/**
 * Whether the router would let this person decide the case, as far as the desk can see; what the router says is
 * what counts. `requester` is who asked for what the case is about.
 */
export function mayAct(person: Person | undefined, row: CaseRow, requester: string | undefined): boolean {
  if (!person || row.status === 'CLOSED' || requester === person.subject) return false
  return person.roles.includes(row.owner) || (row.level > 0 && person.roles.includes(row.decider))
}

export function actorOf({ subject, name, roles }: Person): Actor {
  return { subject, name, roles }
}
