import type { FileError } from '@holdpoint/policy'
import {
  describeRosterChange,
  parseRoster,
  policyDoubts,
  type Roster,
  rosterProblems,
} from '@holdpoint/policy/duty'
import type { Database } from '../database/port.ts'
import { findRoster, latestRoster, policyInForce, rosterInForce } from '../read/versions.ts'
import { mayPublish, publisherRoles } from '../sign-in/roles.ts'
import { createPublishing, type PublishNeeds } from './publish-version.ts'

/** Publishes the whole roster: who is not in it any more is removed. */
export function createRosterPublishing(needs: PublishNeeds) {
  const { database } = needs
  return createPublishing(needs, {
    topic: 'duty.roster.v1',
    latest: () => latestRoster(database),
    inForce: () => rosterInForce(database),
    digestOf: async (version) => (await findRoster(database, version))?.digest,
    async read(text) {
      const read = parseRoster(text)
      if ('errors' in read) return read
      const { roster, warnings } = read
      if (!roster.people.some(mayPublish)) return { errors: [nobodyPublishes] }
      const before = await currentRoster(database)
      const changes = before
        ? describeRosterChange(before, roster, needs.now())
        : [`The first roster: ${roster.people.length} people.`]
      return { own: { changes }, warnings: [...warnings, ...(await unfilled(needs, roster))] }
    },
  })
}

const nobodyPublishes: FileError = {
  line: 1,
  column: 1,
  message: `nobody has the role ${publisherRoles.join(' or ')}, so that the next roster could not be published`,
  hint: `give it to somebody under people: roles: [${publisherRoles[0]}]`,
}

/** The roster in force, read; undefined when there is none. */
export async function currentRoster(database: Database): Promise<Roster | undefined> {
  const version = await findRoster(database, await rosterInForce(database))
  const read = version && parseRoster(version.text)
  return read && 'roster' in read ? read.roster : undefined
}

/** Roles of the policy in force that nobody has, the other way round, and cases that nobody of their owners could decide. */
async function unfilled({ database, policies }: PublishNeeds, roster: Roster): Promise<FileError[]> {
  const policy = await policies(await policyInForce(database))
  if (!policy) return []
  const problems = [
    ...rosterProblems(roster, [...policy.roles.keys()]),
    ...policyDoubts(policy.types.values(), roster.people),
  ]
  return problems.map(({ message, hint }) => ({
    line: 1,
    column: 1,
    message,
    hint,
  }))
}
