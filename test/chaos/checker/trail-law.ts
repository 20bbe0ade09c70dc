import { createHash } from 'node:crypto'
import type { SeenRecord } from '../recording/recording.ts'
import { type AuditEntry, entryOf, type Invariant, messageOf, placeOf } from './invariant.ts'

/** Everything that the trail is to cover; written here anew, because this checker shares no code with audit. */
const coveredTopics = new Set([
  'orders.revisions.v1',
  'cases.findings.v1',
  'desk.commands.v1',
  'desk.replays.v1',
  'audit.forgets.v1',
  'cases.events.v1',
  'orders.decisions.v1',
  'orders.corrections.v1',
  'timers.fired.v1',
  'notices.requested.v1',
  'notices.outcomes.v1',
  'notices.bounces.v1',
  'policy.versions.v1',
  'duty.roster.v1',
])

/** The trail covers every record once, by its bytes, in chains without a break. */
export function trailLaw(): Invariant {
  const leaves = new Map<string, { offset: number; leaf: Buffer }[]>()
  const entries = new Map<string, AuditEntry[]>()
  const chains = new Map<number, AuditEntry>()
  const faults: string[] = []
  return {
    name: 'trail',
    law: 'The trail covers every record in exactly one entry, and each chain goes on from its last entry.',
    take(record) {
      if (coveredTopics.has(record.topic))
        entryOf(leaves, lane(record.topic, record.partition), () => []).push({
          offset: record.offset,
          leaf: leafOf(record),
        })
      const entry = messageOf('audit.entries.v1', record)
      if (!entry) return
      entryOf(entries, lane(entry.topic, entry.recordPartition), () => []).push(entry)
      const last = chains.get(entry.partition)
      if (
        entry.sequence !== (last?.sequence ?? 0) + 1 ||
        entry.previous !== (last?.entryHash ?? '0'.repeat(64))
      )
        faults.push(
          `${placeOf(record)}: entry ${entry.sequence} does not follow entry ${last?.sequence ?? 0}.`,
        )
      chains.set(entry.partition, entry)
    },
    close(tell) {
      for (const fault of faults) tell(fault)
      let covered = 0
      for (const key of new Set([...leaves.keys(), ...entries.keys()])) {
        const records = leaves.get(key) ?? []
        covered += records.length
        for (const fault of uncovered(key, records, entries.get(key) ?? [])) tell(fault)
      }
      return { covered, entries: [...entries.values()].reduce((sum, list) => sum + list.length, 0) }
    },
  }
}

const lane = (topic: string, partition: number) => `${topic}, partition ${partition}`

function* uncovered(
  where: string,
  records: readonly { offset: number; leaf: Buffer }[],
  entries: readonly AuditEntry[],
): Generator<string> {
  let next = 0
  for (const entry of [...entries].sort((a, b) => a.firstOffset - b.firstOffset)) {
    while ((records[next]?.offset ?? Number.POSITIVE_INFINITY) < entry.firstOffset)
      yield `${where}, offset ${records[next++]?.offset} lies in no entry.`
    const first = next
    while ((records[next]?.offset ?? Number.POSITIVE_INFINITY) <= entry.lastOffset) next++
    const covered = records.slice(first, next)
    const name = `entry ${entry.sequence} of partition ${entry.partition}`
    if (covered.length !== entry.count)
      yield `${where}: ${name} speaks of ${entry.count} records, there are ${covered.length}.`
    else if (rootOf(covered.map(({ leaf }) => leaf)).toString('hex') !== entry.hash)
      yield `${where}: ${name} covers other bytes.`
  }
  for (; next < records.length; next++) yield `${where}, offset ${records[next]?.offset} lies in no entry.`
}

function leafOf({ offset, timestamp, key, value }: SeenRecord): Buffer {
  const numbers = Buffer.alloc(16)
  numbers.writeBigInt64BE(BigInt(offset), 0)
  numbers.writeBigInt64BE(BigInt(timestamp), 8)
  return sha256(Buffer.of(0), numbers, ...sized(key), ...sized(value))
}

function sized(part: Buffer | null): Buffer[] {
  const length = Buffer.alloc(4)
  length.writeInt32BE(part ? part.length : -1)
  return part ? [length, part] : [length]
}

/** RFC 6962, section 2.1. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0] as Buffer
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha256(Buffer.of(1), rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)))
}

function sha256(...parts: Buffer[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
