import type { LaneRecord } from '@holdpoint/chassis'
import type { AuditEntry, OrderKey, TopicName } from '@holdpoint/schemas'
import { readLine } from './lines.ts'
import { isSealed, unseal } from './seal.ts'

/** The keys of the orders, by lane and order: an order's entries lie in one lane, unless somebody sent them elsewhere. */
export type OrderKeys = ReadonlyMap<string, OrderKey>

/**
 * What an entry says why. `plain`: it is not sealed. `proved`: opened, and held against the commitment that the chain covers.
 * `forgotten`: the key was destroyed. `noKey`: there is none, as in a part of the topics. `wrong`: what the key opens is
 * not what was sealed.
 */
export type Revealed =
  | { state: 'plain' | 'proved'; why: string }
  | { state: 'forgotten' | 'noKey' | 'wrong'; why: null }

/** Reads the keys that there are now. Whoever may read that topic may read what people said. */
export async function readOrderKeys(
  read: (topics: readonly TopicName[]) => AsyncIterable<LaneRecord>,
): Promise<OrderKeys> {
  const keys = new Map<string, OrderKey>()
  for await (const record of read(['audit.state.v1'])) {
    const orderKey = orderKeyOf(record)
    if (orderKey) keys.set(nameOf(record.partition, orderKey.orderId), orderKey)
  }
  return keys
}

export function reveal({ partition, orderId, why }: AuditEntry, keys: OrderKeys): Revealed {
  if (orderId === '' || !isSealed(why)) return { state: 'plain', why }
  const orderKey = keys.get(nameOf(partition, orderId))
  if (!orderKey) return { state: 'noKey', why: null }
  if (orderKey.key === null) return { state: 'forgotten', why: null }
  const opened = unseal(why, orderKey.key)
  return opened === undefined ? { state: 'wrong', why: null } : { state: 'proved', why: opened }
}

/** What a line of text says instead of a text that is not there. */
export const revealedText = ({ state, why }: Revealed): string => why ?? `(${state})`

/** How many texts there were of each sort. */
export type RevealedCounts = { [State in Exclude<Revealed['state'], 'plain'>]: number }

/**
 * Of a line of a copy or an extract that holds a sealed text, a line with that text in clear, or why it is not there. The
 * line itself stays as it is, so that its file can be verified. Counts what it tells.
 */
export function revealedLine(line: string, keys: OrderKeys, counts: RevealedCounts): string | undefined {
  const read = readLine(line)
  if (read?.kind !== 'entry') return undefined
  const { partition, sequence, orderId, who, what, when } = read.value
  const { state, why } = reveal(read.value, keys)
  if (state === 'plain') return undefined
  counts[state]++
  const told = { partition, sequence, orderId, who, what, when: new Date(when).toISOString() }
  return JSON.stringify({ ...told, state, why })
}

const nameOf = (partition: number, orderId: string): string => `${partition} ${orderId}`

/** The lane's journal, the heads of the chains and what others wrote there are no keys. */
function orderKeyOf(record: LaneRecord): OrderKey | null {
  if (!record.key.startsWith('order:')) return null
  try {
    return (record.value as { orderKey?: OrderKey | null } | null)?.orderKey ?? null
  } catch {
    return null
  }
}
