import { type CaseEvent, happeningOf } from '@holdpoint/schemas'
import type { DomainEvent } from '../record/event.ts'

/** Reads a record back; undefined when its type is newer than this code, or a part of it is missing. */
export function fromRecord(record: CaseEvent): DomainEvent | undefined {
  const happening = happeningOf(record)
  if (!happening) return undefined
  const { caseId, actor, reason, commandId, policyVersion } = record
  const { orderId, sequence, revision, digest, rosterVersion, at } = record
  return {
    ...happening,
    caseId,
    actor,
    reason,
    commandId,
    policyVersion,
    orderId,
    sequence,
    revision,
    digest,
    rosterVersion,
    at,
  }
}
