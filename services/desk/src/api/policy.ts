import { type Policy, parsePolicy } from '@holdpoint/policy'
import { z } from 'zod'
import type { Person } from '../read/people.ts'
import { findPolicy, latestVersion, listPolicies } from '../read/policies.ts'
import { actorOf } from '../sign-in/roles.ts'
import type { DeskParts } from './desk-parts.ts'
import { kafkaAway, kafkaUnknown, notCaughtUp } from './kafka-problems.ts'
import { Problem } from './problem.ts'
import { type Answer, type Operation, operation } from './route.ts'
import { PolicyCheck, PolicyItem, PolicyVersion } from './shapes.ts'

const policyText = z.string().max(400_000)

export function policyOperations(parts: DeskParts): Operation[] {
  return [...readOperations(parts), checkOperation(), publishOperation(parts)]
}

function readOperations({ database }: DeskParts): Operation[] {
  const show = async (version: number): Promise<Answer> => {
    const body = await findPolicy(database, version)
    if (!body) throw new Problem(404, 'UNKNOWN_VERSION', `There is no policy version ${version}.`)
    return { status: 200, body }
  }
  return [
    operation({
      id: 'showPolicy',
      method: 'get',
      path: '/policy',
      summary: 'The policy in force.',
      access: 'read',
      answers: { 200: { about: 'The latest version.', body: PolicyVersion } },
      problems: { 404: 'None has been published.' },
      handle: async () => {
        const latest = await latestVersion(database)
        if (latest === 0)
          throw new Problem(
            404,
            'NO_POLICY',
            'No policy has been published yet. Publish one: holdpoint policy publish FILE.',
          )
        return show(latest)
      },
    }),
    operation({
      id: 'listPolicyVersions',
      method: 'get',
      path: '/policy/versions',
      summary: 'All published versions, newest first, without their texts.',
      access: 'read',
      answers: { 200: { about: 'The versions.', body: z.object({ versions: z.array(PolicyItem) }) } },
      handle: async () => ({ status: 200, body: { versions: await listPolicies(database) } }),
    }),
    operation({
      id: 'showPolicyVersion',
      method: 'get',
      path: '/policy/versions/{version}',
      summary: 'One version with its text.',
      access: 'read',
      params: z.object({ version: z.coerce.number().int().min(1).max(1_000_000_000) }),
      answers: { 200: { about: 'The version.', body: PolicyVersion } },
      problems: { 404: 'There is no such version.' },
      handle: ({ params }) => show(params.version),
    }),
  ]
}

function checkOperation(): Operation {
  return operation({
    id: 'checkPolicy',
    method: 'post',
    path: '/policy/check',
    summary:
      'Says whether a policy could be published, and what each exception type answers to the five questions.',
    access: 'read',
    body: z.strictObject({ text: policyText }),
    answers: { 200: { about: 'The result.', body: PolicyCheck } },
    handle: ({ body }) => {
      const parsed = parsePolicy(body.text)
      if ('errors' in parsed) return { status: 200, body: { ok: false, errors: parsed.errors, types: [] } }
      return { status: 200, body: { ok: true, errors: [], types: typesOf(parsed.policy) } }
    },
  })
}

function publishOperation({ publishPolicy }: DeskParts): Operation {
  return operation({
    id: 'publishPolicy',
    method: 'post',
    path: '/policy',
    summary: 'Checks a policy and publishes it as the next version.',
    access: 'publish',
    body: z.strictObject({
      text: policyText,
      reason: z.string().trim().min(1, 'say why').max(4_000),
      basedOn: z.int().min(0).nullish().describe('Version that the author started from, 0 for none'),
    }),
    answers: { 201: { about: 'Published.', body: z.object({ version: z.int(), digest: z.string() }) } },
    problems: {
      403: 'Signed in without a role for it.',
      409: 'Somebody published another version since.',
      422: 'It cannot be published: `errors` names each problem with line and column.',
      503: 'Kafka is away.',
    },
    handle: async ({ body: { text, reason, basedOn }, person }) => {
      const by = actorOf(person as Person)
      const draft = { text, reason, by, ...(basedOn === null || basedOn === undefined ? {} : { basedOn }) }
      const answer = await publishPolicy(draft)
      switch (answer.kind) {
        case 'published':
          return { status: 201, body: { version: answer.policy.version, digest: answer.policy.digest } }
        case 'errors':
          throw new Problem(422, 'POLICY_ERRORS', 'The policy has errors and was not published.', {
            errors: answer.errors,
          })
        case 'movedOn':
          throw new Problem(
            409,
            'POLICY_MOVED_ON',
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
    },
  })
}

function typesOf(policy: Policy) {
  return [...policy.types.values()]
}
