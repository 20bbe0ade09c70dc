import { Published, saidWhy } from '@holdpoint/desk-contract'
import { z } from 'zod'
import type { VersionedTopic } from '../projection/sound-versions.ts'
import type { Person } from '../read/people.ts'
import { actorOf } from '../sign-in/roles.ts'
import type { Draft, PublishAnswer } from '../write/publish-version.ts'
import { kafkaAway, kafkaUnknown, notCaughtUp } from './kafka-problems.ts'
import { Problem } from './problem.ts'
import { type Answer, type Operation, operation } from './route.ts'

/** What a file to be published comes with. */
export const draftShape = z.strictObject({
  text: z.string().max(600_000),
  reason: saidWhy,
  basedOn: z.int().min(0).nullish().describe('Version that the author started from, 0 for none'),
})

const publishProblems = {
  403: 'Signed in without a role for it.',
  409: 'Somebody published another version since.',
  422: 'It cannot be published: `errors` names each problem with line and column.',
  503: 'Kafka is away.',
} as const

/** The operation that publishes the next version of a file. */
export function publishOperation<T extends VersionedTopic>(
  what: 'policy' | 'roster',
  words: { id: string; summary: string },
  publish: (draft: Draft) => Promise<PublishAnswer<T>>,
): Operation {
  return operation({
    ...words,
    method: 'post',
    path: `/${what}`,
    access: 'publish',
    body: draftShape,
    answers: {
      200: { about: 'The text is that of the version in force, and nothing was published.', body: Published },
      201: { about: 'Published.', body: Published },
    },
    problems: publishProblems,
    handle: async ({ body, person }) => {
      const draft = draftOf(body, person)
      return publishedAnswer(what, draft, await publish(draft))
    },
  })
}

function draftOf({ text, reason, basedOn }: z.infer<typeof draftShape>, person: Person | undefined): Draft {
  const by = actorOf(person as Person)
  return { text, reason, by, ...(basedOn === null || basedOn === undefined ? {} : { basedOn }) }
}

/** The answer to an attempt to publish; everything but success is a problem. */
function publishedAnswer<T extends VersionedTopic>(
  what: 'policy' | 'roster',
  { basedOn }: Draft,
  answer: PublishAnswer<T>,
): Answer {
  const code = what.toUpperCase()
  switch (answer.kind) {
    case 'published': {
      const { version, digest, changes } = answer.published
      return { status: 201, body: { version, digest, changes, warnings: answer.warnings, unchanged: false } }
    }
    case 'unchanged': {
      const { version, digest, warnings } = answer
      return { status: 200, body: { version, digest, changes: [], warnings, unchanged: true } }
    }
    case 'errors':
      throw new Problem(422, `${code}_ERRORS`, `The ${what} has errors and was not published.`, {
        errors: answer.errors,
      })
    case 'movedOn':
      throw new Problem(
        409,
        `${code}_MOVED_ON`,
        `Version ${answer.latest} is in force, the draft is based on ${basedOn}. Look at what changed and start from it.`,
        { latest: answer.latest },
      )
    case 'notReady':
      throw notCaughtUp()
    case 'away':
      throw kafkaAway()
    case 'unknown':
      throw kafkaUnknown()
    default:
      return answer satisfies never
  }
}
