import { canFollow, type TopicName } from '@holdpoint/schemas'
import { textForSql } from '../database/rows.ts'
import { type Checked, type Refused, refusedBecause, type Seen } from './projection.ts'

/** How a record of an order is numbered: revisions, events and decisions each count up from 1. */
interface Numbered<T extends TopicName> {
  /** What the number is called in the record. */
  field: 'revision' | 'sequence'
  numberOf(value: NonNullable<Seen<T>['value']>): number
  /** The last number of each of these orders that the read model has. */
  lastOf(orderIds: readonly string[]): Promise<{ order_id: string; last: number }[]>
}

/**
 * Takes out the records that cannot come behind those before: one number that nobody counted up to would outrank every
 * true record of its order from then on.
 */
export async function following<T extends TopicName>(
  records: readonly (Seen<T> & { value: ({ orderId: string } & Seen<T>['value']) | null })[],
  { field, numberOf, lastOf }: Numbered<T>,
): Promise<Checked<T>> {
  const orderIds = [...new Set(records.flatMap(({ value }) => (value ? textForSql(value.orderId) : [])))]
  const last = new Map((await lastOf(orderIds)).map((row) => [row.order_id, row.last]))
  const sound: Seen<T>[] = []
  const refused: Refused<T>[] = []
  for (const record of records) {
    const { key, value } = record
    if (value === null) continue
    const { orderId } = value
    const number = numberOf(value as NonNullable<Seen<T>['value']>)
    const before = last.get(textForSql(orderId)) ?? 0
    if (key !== orderId)
      refused.push(refusedBecause(record, 'key', `is "${key}", but the order is "${orderId}".`))
    else if (!canFollow(number, before))
      refused.push(refusedBecause(record, field, `is ${number}, but the last one of the order is ${before}.`))
    else {
      sound.push(record)
      last.set(textForSql(orderId), Math.max(before, number))
    }
  }
  return { sound, refused }
}
