import { decidingRoles, inPlaceOf } from '@holdpoint/policy/authority'
import type { Proposal } from '@holdpoint/schemas'
import type { NewEvent } from '../record/event.ts'
import type { Asked } from './asked.ts'
import { granted, saysOther } from './granting.ts'
import { proposalIn } from './said-fields.ts'
import { situationOf } from './situation.ts'

/*
 * What one person alone cannot end: values that somebody sets with four eyes, and approvals of which it takes several.
 * Who may be the other says the policy package's authority.
 */

/** What happens instead of the end of a case; nothing when the decision ends it. */
export function waitForOthers(asked: Asked): NewEvent[] {
  const { command, one, type } = asked
  const { actor, reason, commandId, action } = command
  const about = { caseId: one.caseId, actor, reason, commandId, policyVersion: one.policyVersion }
  if (action === 'APPROVE') return awaitApprovals(about, asked)
  if (action === 'CORRECT' && (type.fourEyes || type.approvals > 1))
    return [{ ...about, type: 'PROPOSED', proposal: proposalIn(asked) as Proposal }]
  return []
}

/** An approval that is not the last; one with other values begins anew, since the others have to approve the same. */
function awaitApprovals(about: About, asked: Asked): NewEvent[] {
  const { one, type } = asked
  const needed = type.approvals
  const isNew = saysOther(asked)
  const given = (isNew ? 0 : one.approvals.length) + 1
  if (isNew && type.fourEyes) return [propose(about, asked)]
  if (given >= needed) return []
  const approval: NewEvent = {
    ...about,
    type: 'APPROVAL_GIVEN',
    approval: { given, needed, inPlaceOf: seatsOf(asked) },
  }
  return isNew ? [propose(about, asked), approval] : [approval]
}

type About = Pick<NewEvent, 'caseId' | 'actor' | 'reason' | 'commandId' | 'policyVersion'>

/** Other values wait for the others who have to approve: those of the same case, or of other cases of the request. */
export function propose(about: About, asked: Asked): NewEvent {
  return { ...about, type: 'PROPOSED', proposal: granted(asked).proposal as Proposal }
}

function seatsOf(asked: Asked): string[] {
  const { command, staff, now } = asked
  return inPlaceOf(command.actor.subject, decidingRoles(situationOf(asked)), staff?.roster, now)
}
