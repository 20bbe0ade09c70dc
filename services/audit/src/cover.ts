import type { LaneRecord } from '@holdpoint/chassis'
import { recordHash, type TopicName } from '@holdpoint/schemas'
import type { Draft } from './chain.ts'
import { merkleRoot } from './merkle.ts'
import { hasOwnEntry, particularsOf } from './particulars.ts'

/**
 * Drafts that cover every record of a batch exactly once: one each for the records that tell who did what, and one
 * range for each of the other topics. Records of one topic are in the order of their offsets.
 */
export function cover(records: readonly LaneRecord[], now: number): Draft[] {
  const ranges = new Map<TopicName, LaneRecord[]>()
  const drafts: Draft[] = []
  for (const record of records) {
    if (hasOwnEntry(record.topic)) drafts.push(ownEntry(record))
    else {
      const range = ranges.get(record.topic)
      if (range) range.push(record)
      else ranges.set(record.topic, [record])
    }
  }
  return [...drafts, ...[...ranges.values()].map((range) => rangeEntry(range, now))]
}

function ownEntry(record: LaneRecord): Draft {
  return { kind: 'RECORD', ...coordinates([record]), ...particularsOf(record) }
}

function rangeEntry(records: readonly LaneRecord[], now: number): Draft {
  const { topic } = records[0] as LaneRecord
  const said = {
    orderId: '',
    caseId: '',
    who: 'system:audit',
    what: `covered ${topic}`,
    why: '',
    ruleVersion: 0,
  }
  return { kind: 'RANGE', ...coordinates(records), ...said, when: now }
}

function coordinates(records: readonly LaneRecord[]) {
  const first = records[0] as LaneRecord
  const last = records.at(-1) as LaneRecord
  return {
    topic: first.topic,
    recordPartition: first.partition,
    firstOffset: first.offset,
    lastOffset: last.offset,
    count: records.length,
    hash: merkleRoot(records.map(recordHash)),
  }
}
