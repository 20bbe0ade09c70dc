import {
  done,
  type Lane,
  type LaneRecord,
  type LaneService,
  type Outcome,
  retryLater,
} from '@holdpoint/chassis'
import {
  catalogue,
  deadLetterTopic,
  outputsOf,
  type Topic,
  type TopicName,
  topicNames,
} from '@holdpoint/schemas'
import { append, emptyChain } from './chain.ts'
import type { Signer } from './checkpoint.ts'
import { cover } from './cover.ts'
import { keyChange, sealedDraft } from './order-keys.ts'

/** Every topic that the trail covers: all that audit reads and does not write itself. */
export const coveredTopics: readonly TopicName[] = topicNames.filter((topic) => {
  const { readers, writer }: Topic = catalogue[topic]
  return readers.includes('audit') && writer !== 'audit'
})

/**
 * Appends to the chain of a lane what came in, and signs the new head, all in the transaction of the batch. So every
 * committed entry is under a signature, and a chain never ends in entries that nobody signed. What was said about an order is
 * sealed under a key of that order, which is committed with its first entry. A batch that is handled again, since it could
 * not be written, is sealed anew: nothing of the first attempt is there or was ever signed for others.
 *
 * A record that could not be covered would be a hole in the trail: the lane waits and says why, whatever happens.
 */
export function auditLanes(signer: Signer): LaneService<TopicName, 'audit.state.v1'> {
  return {
    service: 'audit',
    inputs: coveredTopics,
    state: 'audit.state.v1',
    outputs: outputsOf('audit'),
    deadLetters: deadLetterTopic.audit,
    takesAll: true,
    handle: (record, lane) => orWait(() => keyChange(record, lane)),
    closeBatch: (records, lane) => orWait(() => coverBatch(signer, records, lane)),
  }
}

function orWait(work: () => Outcome<'audit.state.v1'>): Outcome<'audit.state.v1'> {
  try {
    return work()
  } catch (error) {
    const why = `The trail cannot go on: ${error instanceof Error ? error.message : error}`
    return retryLater(why, 1_000, { endless: true })
  }
}

function coverBatch(
  signer: Signer,
  records: readonly LaneRecord[],
  lane: Lane<'audit.state.v1'>,
): Outcome<'audit.state.v1'> {
  const { partition, now } = lane
  const key = String(partition)
  const before = lane.get(key) ?? emptyChain(partition)
  const drafts = cover(records, now).map((draft) => sealedDraft(draft, lane))
  const { entries, state } = append(before, drafts, now)
  const value = { ...state, checkpointedAt: now, checkpointed: state.sequence }
  const published = entries.map((entry) => ({
    topic: 'audit.entries.v1' as const,
    key: entry.orderId,
    value: entry,
  }))
  const checkpoint = { topic: 'audit.checkpoints.v1' as const, key, value: signer.sign(state, now) }
  return done([...published, checkpoint], { key, value })
}
