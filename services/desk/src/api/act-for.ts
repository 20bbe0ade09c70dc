import { actionRules, isKnownAction } from '@holdpoint/policy/actions'
import { refuse, surelyNot, whyNobody } from '@holdpoint/policy/authority'
import { isBlank } from '@holdpoint/schemas'
import { findCases } from '../read/cases.ts'
import type { Person } from '../read/people.ts'
import { actorOf } from '../sign-in/roles.ts'
import { type ActionAnswer, type ActionRequest, knownOf } from '../write/actions.ts'
import type { DeskParts } from './desk-parts.ts'
import { type Surroundings, surroundingsOf } from './surroundings.ts'

/** Something to be done about a case in the name of the person who is signed in. */
export type Asked = Omit<ActionRequest, 'actor'>

/**
 * Does each in the person's name. What the router would refuse whatever it knows is answered with the same code and
 * never sent: it would stand in the trail for good, and nothing has happened.
 */
export async function actFor(
  parts: DeskParts,
  person: Person,
  asked: readonly Asked[],
): Promise<ActionAnswer[]> {
  const refused = await refusedBeforehand(parts, person, asked)
  const actor = actorOf(person)
  return Promise.all(asked.map((one) => refused.get(one.commandId) ?? parts.actions.act({ ...one, actor })))
}

/** By command. One that was sent before has its answer; and what is not read yet could tell otherwise. */
async function refusedBeforehand(
  parts: DeskParts,
  person: Person,
  asked: readonly Asked[],
): Promise<ReadonlyMap<string, ActionAnswer>> {
  if (!parts.caughtUp()) return new Map()
  const rows = await findCases(
    parts.database,
    asked.map(({ caseId }) => caseId),
  )
  const around = await surroundingsOf(parts, [...rows.values()], person)
  const refused = asked.flatMap(({ caseId, commandId, ...wanted }) => {
    const row = rows.get(caseId)
    const refusal = row && whySurelyNot(wanted, person, around(row))
    return refusal ? [[commandId, { kind: 'refused', ...refusal }] as const] : []
  })
  const known = await knownOf(
    parts.database,
    refused.map(([commandId]) => commandId),
  )
  return new Map(refused.filter(([commandId]) => !known.has(commandId)))
}

function whySurelyNot({ action, reason }: Wanted, person: Person, { situation, isSure }: Surroundings) {
  if (!isKnownAction(action)) return undefined
  const { reasonMissing } = actionRules[action]
  const refusal = isSure ? surelyNot(action, person, situation) : whyNobody(action, situation)
  if (refusal) return refusal
  return reasonMissing && isBlank(reason) ? refuse('REASON_MISSING', reasonMissing) : undefined
}

type Wanted = Pick<Asked, 'action' | 'reason'>
