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

/** Every topic that the trail covers: all that audit reads and does not write itself. */
export const coveredTopics: readonly TopicName[] = topicNames.filter((topic) => {
  const { readers, writer }: Topic = catalogue[topic]
  return readers.includes('audit') && writer !== 'audit'
})

/**
 * Appends to the chain of a lane what came in, and signs the new head, all in the transaction of the batch. So every
 * committed entry is under a signature, and a chain never ends in entries that nobody signed.
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
    handle: () => done(),
    closeBatch(records, lane) {
      try {
        return coverBatch(signer, records, lane)
      } catch (error) {
        return retryLater(`The trail cannot go on: ${error instanceof Error ? error.message : error}`, 1_000)
      }
    },
  }
}

function coverBatch(
  signer: Signer,
  records: readonly LaneRecord[],
  { partition, now, get }: Lane<'audit.state.v1'>,
): Outcome<'audit.state.v1'> {
  const key = String(partition)
  const before = get(key) ?? emptyChain(partition)
  const { entries, state } = append(before, cover(records, now), now)
  const value = { ...state, checkpointedAt: now, checkpointed: state.sequence }
  const published = entries.map((entry) => ({
    topic: 'audit.entries.v1' as const,
    key: entry.orderId,
    value: entry,
  }))
  const checkpoint = { topic: 'audit.checkpoints.v1' as const, key, value: signer.sign(state, now) }
  return done([...published, checkpoint], { key, value })
}
