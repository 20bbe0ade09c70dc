import type { TopicName } from '@holdpoint/schemas'
import { type EncodedRecord, maxRecordBatchBytes, sizeInBatch } from '../../lane/outgoing.ts'
import type { Positions } from './lane-batch.ts'
import type { LaneCommit } from './lane-log.ts'

/** Records that one record batch commits. */
export interface Part {
  topic: TopicName
  records: EncodedRecord[]
  /** How far the inputs are handled once it is there. */
  positions: Positions
}

/**
 * Splits a batch where a record's outputs go to another topic than those before, or are too much for one record batch with
 * them. `before`: how far the inputs were handled before it. Raises an error when one record goes to several topics.
 */
export function partsOf({ publish, handled, positions }: LaneCommit, before: Positions): Part[] {
  const parts: Part[] = []
  const reached = new Map(before)
  let bytes = 0
  let from = 0
  for (const { topic, offset, published } of handled) {
    const mine = publish.slice(from, published)
    from = published
    reached.set(topic, offset + 1)
    const [first] = mine
    if (!first) continue
    requireOneTopic(mine)
    const size = mine.reduce((sum, record) => sum + sizeInBatch(record), 0)
    let part = parts.at(-1)
    if (part?.topic !== first.topic || bytes + size > maxRecordBatchBytes) {
      part = { topic: first.topic, records: [], positions: before }
      parts.push(part)
      bytes = 0
    }
    bytes += size
    part.records.push(...mine)
    part.positions = new Map(reached)
  }
  const last = parts.at(-1)
  if (last) last.positions = positions
  return parts
}

function requireOneTopic(records: readonly EncodedRecord[]): void {
  const topics = new Set(records.map(({ topic }) => topic))
  if (topics.size === 1) return
  throw new Error(
    `One record is published to ${[...topics].join(' and ')}: only a lane with state can do that at once.`,
  )
}
