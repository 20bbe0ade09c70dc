import { RosterItem, RosterVersion } from '@holdpoint/desk-contract'
import { z } from 'zod'
import { listPeople } from '../read/people.ts'
import { findRoster, listRosters, rosterInForce } from '../read/versions.ts'
import type { DeskParts } from './desk-parts.ts'
import { Problem } from './problem.ts'
import { publishOperation } from './published.ts'
import { type Operation, operation } from './route.ts'

const publishing = {
  id: 'publishRoster',
  summary: 'Checks a roster and publishes it as the next version; who is not in it is removed.',
}

export function rosterOperations(parts: DeskParts): Operation[] {
  return [...readOperations(parts), publishOperation('roster', publishing, parts.publishRoster)]
}

function readOperations({ database }: DeskParts): Operation[] {
  return [
    operation({
      id: 'showRoster',
      method: 'get',
      path: '/roster',
      summary: 'The roster in force.',
      access: 'read',
      answers: { 200: { about: 'The latest version.', body: RosterVersion } },
      problems: { 404: 'None has been published.' },
      handle: async () => {
        const version = await findRoster(database, await rosterInForce(database))
        if (version) return { status: 200, body: { ...version, people: await listPeople(database) } }
        const hint = 'Publish one: holdpoint roster publish FILE.'
        throw new Problem(404, 'NO_ROSTER', `No roster has been published yet. ${hint}`)
      },
    }),
    operation({
      id: 'listRosterVersions',
      method: 'get',
      path: '/roster/versions',
      summary: 'All published rosters, newest first, without their texts.',
      access: 'read',
      answers: { 200: { about: 'The versions.', body: z.object({ versions: z.array(RosterItem) }) } },
      handle: async () => ({ status: 200, body: { versions: await listRosters(database) } }),
    }),
  ]
}
