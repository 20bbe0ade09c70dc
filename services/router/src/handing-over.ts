import type { Assignee } from '@holdpoint/schemas'
import { decidingRoles } from './authority.ts'
import type { NewEvent } from './event.ts'
import { assigneeOf } from './ladder.ts'
import { type Asked, type Refusal, refuse } from './refusal.ts'
import { isRequester, requesterOf } from './who-has-it.ts'

export function checkUnclaimed({ command, one }: Asked): Refusal | undefined {
  if (one.assignee.subject !== command.actor.subject) return undefined
  return refuse('ACTION_NOT_ALLOWED', 'The case is yours already.')
}

/** Whoever decides takes the case. */
export function claim(asked: Asked): NewEvent[] {
  return [{ ...about(asked), type: 'ASSIGNED', assigned: assigneeOf(asked.command.actor) }]
}

/** A case is handed to somebody who may decide it. */
export function checkTarget(asked: Asked): Refusal | undefined {
  const { command, one } = asked
  const roles = decidingRoles(asked)
  const target = personIn(asked)
  if (command.to === '') return refuse('NO_SUCH_PERSON', 'Say to whom, by their subject.')
  if (!target)
    return refuse(
      'NO_SUCH_PERSON',
      `The roster has nobody of ${roles.join(' or ')} with the subject "${command.to}".`,
    )
  if (asksFor(asked, command.to))
    return refuse(
      'NO_SUCH_PERSON',
      `${target.name} asked for it, and cannot decide it: choose somebody else.`,
    )
  if (one.assignee.subject === command.to)
    return refuse('ACTION_NOT_ALLOWED', `${target.name} has the case already.`)
  return undefined
}

export function reassign(asked: Asked): NewEvent[] {
  const target = personIn(asked)
  return target ? [{ ...about(asked), type: 'ASSIGNED', assigned: target }] : []
}

export function note(asked: Asked): NewEvent[] {
  return [{ ...about(asked), type: 'NOTED' }]
}

function personIn(asked: Asked): Assignee | undefined {
  const person = asked.staff?.roster.people.get(asked.command.to)
  if (!person?.roles.some((role) => decidingRoles(asked).includes(role))) return undefined
  return assigneeOf(person)
}

function asksFor({ state, one, staff }: Asked, subject: string): boolean {
  const person = staff?.roster.people.get(subject)
  const { raisedBy } = one
  return person !== undefined && isRequester({ requester: requesterOf(state, one), raisedBy }, person)
}

function about({ command: { actor, reason, commandId }, one: { caseId, policyVersion } }: Asked) {
  return { caseId, actor, reason, commandId, policyVersion }
}
