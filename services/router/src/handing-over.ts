import type { Assignee } from '@holdpoint/schemas'
import { decidingRoles } from './authority.ts'
import type { NewEvent } from './event.ts'
import { assigneeOf } from './ladder.ts'
import { type Asked, type Refusal, refuse } from './refusal.ts'
import { inHand, isRequester, mayDecide, requesterOf } from './who-has-it.ts'

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
  if (command.to === '') return refuse('NO_SUCH_PERSON', `Say to whom, by their subject. ${whoElse(asked)}`)
  if (!target)
    return refuse(
      'NO_SUCH_PERSON',
      `The roster has nobody of ${roles.join(' or ')} with the subject "${command.to}". ${whoElse(asked)}`,
    )
  if (asksFor(asked, command.to))
    return refuse('NO_SUCH_PERSON', `${target.name} asked for it, and cannot decide it. ${whoElse(asked)}`)
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

/** So many people are named. */
const mostNamed = 10

/** The people who could have the case instead of whoever has it. */
function whoElse(asked: Asked): string {
  const { one, type, state, staff } = asked
  const roles = decidingRoles(asked)
  const hand = inHand(one, type, state)
  const able = [...(staff?.roster.people.values() ?? [])].filter(
    (person) =>
      person.subject !== one.assignee.subject &&
      person.roles.some((role) => roles.includes(role)) &&
      mayDecide(hand, person),
  )
  if (able.length === 0) return `Nobody else of ${roles.join(' or ')} can take it.`
  const named = able.slice(0, mostNamed).map(({ subject, name }) => `${subject} (${name})`)
  const more = able.length > mostNamed ? `, and ${able.length - mostNamed} more` : ''
  return `These can take it: ${named.join(', ')}${more}.`
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
