import type { CaseState } from '@holdpoint/schemas'
import type { NewEvent } from '../record/event.ts'
import { router } from '../record/input.ts'

/** A case that ends without a person. */
export function closedBySystem(
  { caseId, policyVersion }: Pick<CaseState, 'caseId' | 'policyVersion'>,
  outcome: 'CORRECTED' | 'OBSOLETE',
  reason: string,
): NewEvent {
  return {
    type: 'CLOSED',
    caseId,
    policyVersion,
    actor: router,
    reason,
    commandId: '',
    closed: {
      outcome,
      corrections: [],
      asked: [],
      stops: [],
      correctionId: '',
      endedBy: '',
      forCustomer: '',
    },
  }
}
