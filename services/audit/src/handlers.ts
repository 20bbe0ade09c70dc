import { done, type LaneRecord, type LaneService } from '@holdpoint/chassis'
import { catalogue, deadLetterTopic, type Topic, type TopicName, topicNames } from '@holdpoint/schemas'
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
 */
export function auditLanes(signer: Signer): LaneService<TopicName, 'audit.state.v1'> {
  return {
    service: 'audit',
    inputs: coveredTopics,
    state: 'audit.state.v1',
    deadLetters: deadLetterTopic.audit,
    handle: () => done(),
    closeBatch(records: readonly LaneRecord[], lane) {
      const key = String(lane.partition)
      const before = lane.get(key) ?? emptyChain(lane.partition)
      const { entries, state } = append(before, cover(records, lane.now), lane.now)
      const value = { ...state, checkpointedAt: lane.now, checkpointed: state.sequence }
      return done(
        [
          ...entries.map((entry) => ({
            topic: 'audit.entries.v1' as const,
            key: entry.orderId,
            value: entry,
          })),
          { topic: 'audit.checkpoints.v1', key, value: signer.sign(state, lane.now) },
        ],
        { key, value },
      )
    },
  }
}
