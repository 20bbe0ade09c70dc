import { decidingRoles, isOwn, takers } from '@holdpoint/policy/authority'
import type { Assignee } from '@holdpoint/schemas'
import type { NewEvent } from '../record/event.ts'
import { assigneeOf } from '../record/facts.ts'
import { type Refusal, refuse } from '../record/refusal.ts'
import type { Asked } from './asked.ts'
import { situationOf } from './situation.ts'

/** Whoever decides takes the case. */
export function claim(asked: Asked): NewEvent[] {
  return [{ ...about(asked), type: 'ASSIGNED', assigned: assigneeOf(asked.command.actor) }]
}

/** A case is handed to somebody who may decide it. */
export function checkTarget(asked: Asked): Refusal | undefined {
  const { command, one } = asked
  const situation = situationOf(asked)
  const roles = decidingRoles(situation)
  const able = takers(situation, roles)
  if (able.some(({ subject }) => subject === command.to)) return undefined
  const whoElse = named(able)
  if (command.to === '') return refuse('NO_SUCH_PERSON', `Say to whom, by their subject. ${whoElse}`)
  const target = personIn(asked)
  if (target && one.assignee.subject === command.to)
    return refuse('ACTION_NOT_ALLOWED', `${target.name} has the case already.`)
  if (!target?.roles.some((role) => roles.includes(role)))
    return refuse(
      'NO_SUCH_PERSON',
      `The roster has nobody of ${roles.join(' or ')} with the subject "${command.to}". ${whoElse}`,
    )
  const why = isOwn(situation, target)
    ? 'asked for it, and cannot'
    : 'has proposed or approved it, and cannot'
  return refuse('NO_SUCH_PERSON', `${target.name} ${why} decide it. ${whoElse}`)
}

export function reassign(asked: Asked): NewEvent[] {
  const target = personIn(asked)
  return target ? [{ ...about(asked), type: 'ASSIGNED', assigned: assigneeOf(target) }] : []
}

export function note(asked: Asked): NewEvent[] {
  return [{ ...about(asked), type: 'NOTED' }]
}

/** So many people are named. */
const mostNamed = 10

/** The people who could have the case instead of whoever has it. */
function named(able: readonly Assignee[]): string {
  const some = able.slice(0, mostNamed).map(({ subject, name }) => `${subject} (${name})`)
  const more = able.length > mostNamed ? `, and ${able.length - mostNamed} more` : ''
  return `These can take it: ${some.join(', ')}${more}.`
}

const personIn = ({ staff, command }: Asked) => staff?.roster.people.get(command.to)

function about({ command: { actor, reason, commandId }, one: { caseId, policyVersion } }: Asked) {
  return { caseId, actor, reason, commandId, policyVersion }
}
