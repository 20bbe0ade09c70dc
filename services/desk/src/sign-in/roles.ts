import type { Actor } from '@holdpoint/schemas'
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

export function actorOf({ subject, name, roles }: Person): Actor {
  return { subject, name, roles }
}
