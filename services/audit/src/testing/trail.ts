import { generateKeyPairSync } from 'node:crypto'
import type { LaneRecord } from '@holdpoint/chassis'
import { MemoryBus, memoryLanes } from '@holdpoint/chassis/testing'
import type { AuditCheckpoint, AuditEntry, TopicName } from '@holdpoint/schemas'
import { signer } from '../checkpoint.ts'
import type { Expected } from '../expected.ts'
import { auditLanes, coveredTopics } from '../handlers.ts'
import type { CoveredRecord, Found, Trail } from '../trail.ts'
import { command, forget, now } from './command.ts'

/** A trail in memory, to be looked at and tampered with. */
export interface TestTrail {
  checkpoints: AuditCheckpoint[]
  entries: AuditEntry[]
  records: CoveredRecord[]
}

export const testKey = signer(generateKeyPairSync('ed25519').privateKey)

/** Records of any topic, as `[topic, orderId]`; bytes other than a command's stand for messages of that topic. */
export type Input = readonly [topic: TopicName, orderId: string]

/** What audit writes for batches of records: two lanes, each batch in transactions of its own. */
export async function writeTrail(batches: readonly (readonly Input[])[]): Promise<TestTrail> {
  const bus = new MemoryBus(2)
  const lanes = memoryLanes(auditLanes(testKey), { bus, clock: now })
  for (const batch of batches) {
    for (const [topic, orderId] of batch)
      if (topic === 'desk.commands.v1') lanes.put(topic, orderId, command(orderId))
      else if (topic === 'audit.forgets.v1') lanes.put(topic, orderId, forget(orderId))
      else lanes.putBytes(topic, Buffer.from(orderId), Buffer.from(`bytes for ${orderId}`))
    await lanes.run()
    lanes.clock += 1_000
  }
  if (lanes.deadLetters().length > 0) throw new Error('audit refused a record')
  const values = <T>(published: { value: T | null }[]) =>
    published.map(({ value }) => structuredClone(value as T))
  return {
    checkpoints: values(lanes.published('audit.checkpoints.v1')),
    entries: values(lanes.published('audit.entries.v1')),
    records: coveredTopics.flatMap((topic) =>
      bus.all(topic).map(({ key, value, ...rest }) => ({ ...rest, keyBytes: key, valueBytes: value })),
    ),
  }
}

/** What is known of a trail to somebody who looked at it: its key, and the last checkpoint of each chain. */
export function knownOf({ checkpoints }: TestTrail): Required<Expected> {
  const newest = new Map(checkpoints.map((checkpoint) => [checkpoint.partition, checkpoint]))
  const known = [...newest.values()].map((checkpoint) => ({
    checkpoint: structuredClone(checkpoint),
    from: 'the pins',
  }))
  return { keys: [testKey.keyId], known }
}

export function asTrail({ checkpoints, entries, records }: TestTrail): Trail {
  return { checkpoints: found(checkpoints), entries: found(entries), records: each(records) }
}

async function* found<T extends { partition: number }>(values: readonly T[]): AsyncGenerator<Found<T>> {
  for (const [i, value] of values.entries()) yield { where: `place ${i}`, partition: undefined, value }
}

export async function* each<T>(values: Iterable<T>): AsyncGenerator<T> {
  yield* values
}

/** A record of a lane as a handler gets it, for topics whose values nobody looks at. */
export function laneRecord(topic: TopicName, offset: number, text: string): LaneRecord {
  const bytes = Buffer.from(text)
  const record = {
    topic,
    partition: 0,
    offset,
    timestamp: now,
    key: text,
    keyBytes: bytes,
    valueBytes: bytes,
  }
  return { ...record, value: null } as LaneRecord
}
