import { ChassisError } from '../errors.ts'
import { journalBatchBytes, topicResource } from '../topics.ts'
import { backOffMs, pauseFor } from './back-off.ts'
import type { KafkaAccess } from './kafka-access.ts'
import { laneCount } from './lane-assigner.ts'
import type { LaneOffsets } from './lane-offsets.ts'

/** A cluster that has just come up does not know its topics at once. */
const patienceMs = 10_000

interface LaneTopics {
  service: string
  inputs: readonly string[]
  outputs?: readonly string[]
  state?: string
  deadLetters?: string
}

/**
 * Waits for Kafka as long as it takes. Raises TOPIC_MISSING when Kafka is there and a topic is not, LANES_DO_NOT_MATCH
 * when the topics of a lane have different numbers of partitions, and TOPIC_TOO_NARROW when the topic of the state takes
 * smaller record batches than a lane writes. Gives how many partitions each topic has.
 */
export async function requireTopics(
  offsets: LaneOffsets,
  access: KafkaAccess,
  { service, inputs, outputs = [], state, deadLetters }: LaneTopics,
): Promise<ReadonlyMap<string, number>> {
  const topics = [...inputs, ...outputs, state, deadLetters].filter((topic) => topic !== undefined)
  let reachable: number | undefined
  for (let failures = 0; ; failures++) {
    try {
      const there = await offsets.ask((admin) => admin.listTopics())
      reachable ??= Date.now()
      const missing = topics.filter((topic) => !there.includes(topic))
      if (missing.length === 0) {
        if (state) await requireWide(offsets, state)
        return await requireOneNumber(offsets, topics)
      }
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

async function requireWide(offsets: LaneOffsets, topic: string): Promise<void> {
  const name = 'max.message.bytes'
  const { resources } = await offsets.ask((admin) =>
    admin.describeConfigs({
      resources: [{ type: topicResource, name: topic, configNames: [name] }],
      includeSynonyms: false,
    }),
  )
  const bytes = Number(resources[0]?.configEntries[0]?.configValue)
  if (bytes >= journalBatchBytes) return
  throw new ChassisError(
    'TOPIC_TOO_NARROW',
    `${topic} takes record batches of ${bytes} bytes, and a lane writes up to ${journalBatchBytes}: set its ${name} to that.`,
  )
}

function topicMissing(service: string, missing: readonly string[]): ChassisError {
  return new ChassisError(
    'TOPIC_MISSING',
    `${service} cannot start: Kafka has no topic ${missing.join(', ')}. Create the topics of the catalogue first.`,
  )
}
