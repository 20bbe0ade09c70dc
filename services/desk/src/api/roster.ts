import { z } from 'zod'
import { listPeople, type Person as PersonRow } from '../read/people.ts'
import { actorOf } from '../sign-in/roles.ts'
import type { DeskParts } from './desk-parts.ts'
import { kafkaAway, kafkaUnknown, notCaughtUp } from './kafka-problems.ts'
import { Problem } from './problem.ts'
import { type Operation, operation } from './route.ts'
import { Person } from './shapes.ts'

const People = z.object({ people: z.array(Person) })

export function rosterOperations({ database, publishRoster }: DeskParts): Operation[] {
  return [
    operation({
      id: 'showRoster',
      method: 'get',
      path: '/roster',
      summary: 'The published roster.',
      access: 'read',
      answers: { 200: { about: 'The people.', body: People } },
      handle: async () => ({ status: 200, body: { people: await listPeople(database) } }),
    }),
    operation({
      id: 'publishRoster',
      method: 'post',
      path: '/roster',
      summary: 'Publishes the whole roster; who is not in it is removed.',
      access: 'publish',
      body: z.strictObject({
        people: z.array(Person).min(1).max(2_000),
        reason: z.string().trim().min(1, 'say why').max(4_000),
      }),
      answers: { 201: { about: 'Published.', body: People } },
      problems: {
        403: 'Signed in without a role for it.',
        422: 'It cannot be published: `errors` names each problem.',
        503: 'Kafka is away.',
      },
      handle: async ({ body: { people, reason }, person }) => {
        const answer = await publishRoster({ people, reason, by: actorOf(person as PersonRow) })
        switch (answer.kind) {
          case 'published':
            return { status: 201, body: { people: answer.people } }
          case 'errors':
            throw new Problem(422, 'ROSTER_ERRORS', answer.errors.map(({ message }) => message).join(' '), {
              errors: answer.errors,
            })
          case 'notReady':
            throw notCaughtUp()
          case 'away':
            throw kafkaAway()
          case 'unknown':
            throw kafkaUnknown()
          default:
            return answer satisfies never
        }
      },
    }),
  ]
}
