import { done, type Lane, type LaneRecord, type Outcome } from '@holdpoint/chassis'
import { type AuditState, Undecodable } from '@holdpoint/schemas'
import { type Draft, emptyChain } from './chain.ts'
import { hasOwnEntry, particularsOf } from './particulars.ts'
import { newKey, seal } from './seal.ts'

type AuditLane = Lane<'audit.state.v1'>

/** Under which key of its topic the row of an order is kept. An order may be called as a partition is. */
const rowOf = (orderId: string): string => `order:${orderId}`

/**
 * What a record means for the key of its order: made when the first thing is said about the order, destroyed by a forget
 * and never made again, so that what is said or read later stays closed as well.
 */
export function keyChange(record: LaneRecord, lane: AuditLane): Outcome<'audit.state.v1'> {
  if (record.topic === 'audit.forgets.v1') {
    const orderId = orderToForget(record)
    return orderId === '' ? done() : done([], row(orderId, null, lane))
  }
  if (!hasOwnEntry(record.topic)) return done()
  const { orderId, why } = particularsOf(record)
  if (orderId === '' || why === '' || lane.get(rowOf(orderId))) return done()
  return done([], row(orderId, newKey(), lane))
}

/** Empty for bytes that nobody can ever read; throws while they only cannot be read for now. */
function orderToForget(record: LaneRecord<'audit.forgets.v1'>): string {
  try {
    return record.value?.orderId ?? ''
  } catch (error) {
    if (error instanceof Undecodable) return ''
    throw error
  }
}

function row(orderId: string, key: Buffer | null, { partition, now }: AuditLane) {
  const value: AuditState = { ...emptyChain(partition), head: '', orderKey: { orderId, key, at: now } }
  return { key: rowOf(orderId), value }
}

/**
 * The draft with what was said about its order sealed under the order's key. Of a forgotten order it is sealed under a key
 * that nobody keeps. Why somebody had an order forgotten stays readable.
 */
export function sealedDraft(draft: Draft, lane: AuditLane): Draft {
  const { orderId, why, topic } = draft
  if (orderId === '' || why === '' || topic === 'audit.forgets.v1') return draft
  const kept = lane.get(rowOf(orderId))?.orderKey
  return { ...draft, why: seal(why, kept?.key ?? newKey()) }
}
