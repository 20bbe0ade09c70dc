import type { AuditEntry, AuditState } from '@holdpoint/schemas'
import { sha256 } from '@holdpoint/schemas'

/** What an entry says, before it has its place in the chain. */
export type Draft = Omit<AuditEntry, 'partition' | 'sequence' | 'previous' | 'entryHash' | 'at'>

/** What the first entry of a chain names as the one before it. */
export const noEntry = '0'.repeat(64)

export const emptyChain = (partition: number): AuditState => ({
  partition,
  sequence: 0,
  head: noEntry,
  checkpointedAt: 0,
  checkpointed: 0,
  covered: {},
  orderKey: null,
})

/**
 * SHA-256 (hex) over the text of an entry. As the hash of the entry before is a part of it, a hash stands for the whole
 * chain up to its entry.
 */
export const hashOf = (entry: Omit<AuditEntry, 'entryHash'>): string => sha256(textOf(entry))

/** A JSON array of every field but entryHash, in this order. */
export function textOf(entry: Omit<AuditEntry, 'entryHash'>): string {
  return JSON.stringify([
    'holdpoint-audit-entry-1',
    entry.partition,
    entry.sequence,
    entry.kind,
    entry.topic,
    entry.recordPartition,
    entry.firstOffset,
    entry.lastOffset,
    entry.count,
    entry.hash,
    entry.orderId,
    entry.caseId,
    entry.who,
    entry.what,
    entry.why,
    entry.when,
    entry.ruleVersion,
    entry.previous,
    entry.at,
  ])
}

/** Where in that array the hash of the entry before stands. */
export const placeOfPrevious = 17

/** Appends to a chain: the new entries, and the state with the new head. */
export function append(
  state: AuditState,
  drafts: readonly Draft[],
  at: number,
): { entries: AuditEntry[]; state: AuditState } {
  const entries: AuditEntry[] = []
  const covered = { ...state.covered }
  let { sequence, head } = state
  for (const draft of drafts) {
    sequence += 1
    const entry = { ...draft, partition: state.partition, sequence, previous: head, at }
    head = hashOf(entry)
    entries.push({ ...entry, entryHash: head })
    covered[draft.topic] = draft.lastOffset + 1
  }
  return { entries, state: { ...state, sequence, head, covered } }
}
