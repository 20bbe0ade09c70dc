import { type Asked, type Refusal, refuse } from './refusal.ts'

/**
 * Who may decide: the owner role always, the backup once the case has escalated to it. Each level adds authority and
 * takes none away. Reviewers comment only.
 */
export function checkAuthority({ command, one, policy }: Asked): Refusal | undefined {
  const { roles } = command.actor
  if (rolesThatDecide(one).some((role) => roles.includes(role))) return undefined
  if (roles.includes(one.backup))
    return refuse(
      'NOT_OWNER',
      `The case belongs to ${one.owner} until its deadline has passed; ${one.backup} may decide from then on.`,
    )
  const reviewers = policy.types.get(one.type)?.reviewers ?? []
  if (reviewers.some((role) => roles.includes(role)))
    return refuse('REVIEWER_ONLY', `Reviewers comment only. The decision lies with ${deciders(one)}.`)
  return refuse('NOT_OWNER', `The decision lies with ${deciders(one)}.`)
}

/** Nobody decides on their own request. It may name its requester by subject or, from upstream, by name. */
export function checkRequester({ command, state, one }: Asked): Refusal | undefined {
  const open = state.requests.find(({ request }) => request.requestId === one.requestId)
  if (!open) return undefined
  const { subject, name } = command.actor
  const requester = open.request.by.trim()
  if (requester === '' || (requester !== subject && requester !== name)) return undefined
  return refuse(
    'OWN_REQUEST',
    `You asked for this yourself. Somebody else of ${deciders(one)} has to decide.`,
  )
}

function rolesThatDecide({ owner, backup, level }: Asked['one']): string[] {
  return level > 0 ? [owner, backup] : [owner]
}

function deciders(one: Asked['one']): string {
  return rolesThatDecide(one).join(' or ')
}
