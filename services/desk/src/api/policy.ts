import { ExceptionType, PolicyCheck, PolicyItem, PolicyVersion } from '@holdpoint/desk-contract'
import { checkPolicy, other, type ExceptionType as PolicyType } from '@holdpoint/policy'
import { z } from 'zod'
import { findPolicy, listPolicies, policyInForce } from '../read/versions.ts'
import { currentRoster } from '../write/publish-roster.ts'
import type { DeskParts } from './desk-parts.ts'
import { Problem } from './problem.ts'
import { draftShape, publishOperation } from './published.ts'
import { type Answer, type Operation, operation } from './route.ts'

const publishing = {
  id: 'publishPolicy',
  summary: 'Checks a policy and publishes it as the next version.',
}

export function policyOperations(parts: DeskParts): Operation[] {
  return [
    ...readOperations(parts),
    raisedOperation(parts),
    checkOperation(parts),
    publishOperation('policy', publishing, parts.publishPolicy),
  ]
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
        const inForce = await policyInForce(database)
        if (inForce > 0) return show(inForce)
        const hint = 'Publish one: holdpoint policy publish FILE.'
        throw new Problem(404, 'NO_POLICY', `No policy has been published yet. ${hint}`)
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

/** The types that a person may raise a case of: those that have a rule, and the one for everything else. */
function raisedOperation({ database, policies }: DeskParts): Operation {
  return operation({
    id: 'listRaisedTypes',
    method: 'get',
    path: '/policy/types',
    summary: 'The exception types of which cases can be raised by hand, by the policy in force.',
    access: 'read',
    answers: { 200: { about: 'The types.', body: z.object({ types: z.array(ExceptionType) }) } },
    handle: async () => {
      const policy = await policies(await policyInForce(database))
      const types = [...(policy?.types.values() ?? [])].filter((one) => one.when !== '' || one.type === other)
      return { status: 200, body: { types: types.map(typeView) } }
    },
  })
}

function typeView({ type, name, kind, rule, owner, holds, mayCorrect }: PolicyType) {
  return { type, name, kind, rule, owner, holds, mayCorrect: mayCorrect.fields }
}

function checkOperation({ database }: DeskParts): Operation {
  return operation({
    id: 'checkPolicy',
    method: 'post',
    path: '/policy/check',
    summary:
      'Says whether a policy could be published, and what each exception type answers to the five questions.',
    access: 'read',
    body: draftShape.pick({ text: true }),
    answers: { 200: { about: 'The result.', body: PolicyCheck } },
    handle: async ({ body }) => {
      const people = (await currentRoster(database))?.people
      const { warnings, answers: types, ...read } = checkPolicy(body.text, people)
      const result =
        'errors' in read
          ? { ok: false, title: '', errors: read.errors }
          : { ok: true, title: read.policy.title, errors: [] }
      return { status: 200, body: { ...result, warnings, types } }
    },
  })
}
