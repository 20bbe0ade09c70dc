import { ChassisError } from '../errors.ts'
import { backOffMs, pauseFor } from './back-off.ts'
import type { KafkaAccess } from './kafka-access.ts'
import { laneCount } from './lane-assigner.ts'
import type { LaneOffsets } from './lane-offsets.ts'

/** A cluster that has just come up does not know its topics at once. */
const patienceMs = 10_000

interface LaneTopics {
  service: string
  inputs: readonly string[]
  state?: string
  deadLetters?: string
}

/**
 * Waits for Kafka as long as it takes. Raises TOPIC_MISSING when Kafka is there and a topic is not, and
 * LANES_DO_NOT_MATCH when the topics of a lane have different numbers of partitions. Gives how many each topic has.
 */
export async function requireTopics(
  offsets: LaneOffsets,
  access: KafkaAccess,
  { service, inputs, state, deadLetters }: LaneTopics,
): Promise<ReadonlyMap<string, number>> {
  const topics = [...inputs, state, deadLetters].filter((topic) => topic !== undefined)
  let reachable: number | undefined
  for (let failures = 0; ; failures++) {
    try {
      const there = await offsets.ask((admin) => admin.listTopics())
      reachable ??= Date.now()
      const missing = topics.filter((topic) => !there.includes(topic))
      if (missing.length === 0) return await requireOneNumber(offsets, topics)
      if (Date.now() - reachable > patienceMs) throw topicMissing(service, missing)
    } catch (error) {
      if (error instanceof ChassisError) throw error
      access.log.warn({ err: error, brokers: access.brokers }, 'Kafka cannot be reached; trying again')
    }
    await pauseFor(backOffMs(failures))
  }
}

async function requireOneNumber(
  offsets: LaneOffsets,
  topics: string[],
): Promise<ReadonlyMap<string, number>> {
  const metadata = await offsets.ask((admin) => admin.fetchTopicMetadata({ topics }))
  const counts = new Map(metadata.topics.map(({ name, partitions }) => [name, partitions.length]))
  laneCount(counts)
  return counts
}

function topicMissing(service: string, missing: readonly string[]): ChassisError {
  return new ChassisError(
    'TOPIC_MISSING',
    `${service} cannot start: Kafka has no topic ${missing.join(', ')}. Create the topics of the catalogue first.`,
  )
}
