import { setTimeout as pause } from 'node:timers/promises'
import { type Admin, Kafka, type KafkaJSError, logLevel, type RetryOptions } from 'kafkajs'
import { correctClient } from './kafka/client-corrections.ts'

export type TopicSpec = {
  topic: string
  partitions: number
  /** Copies of each partition, at most the number of brokers. */
  replicas: number
  /** Settings of the topic by Kafka's own names, such as `cleanup.policy`. */
  settings: Readonly<Record<string, string>>
}

/**
 * What the topic of a lane's state has to take in one record batch: changes of the state and copies of all that is
 * published, of a batch with some very large records.
 */
export const journalBatchBytes = 16 * 1024 * 1024

/** A topic is there with another number of partitions than asked for: its records would lie in other lanes. */
export class PartitionMismatch extends Error {
  readonly code = 'PARTITION_MISMATCH'
  readonly canRetry = false

  constructor(topic: string, there: number, wanted: number) {
    super(
      `Topic ${topic} has ${there} partitions and ${wanted} are wanted. Orders would move between lanes: ` +
        'use the number it has, or begin with empty topics.',
    )
  }
}

/**
 * Creates the topics that are missing and gives their names; those that are there take record batches as large as asked
 * for, and keep all their other settings. Raises PartitionMismatch.
 */
export async function createTopics(
  brokers: readonly string[],
  specs: readonly TopicSpec[],
): Promise<string[]> {
  return withAdmin(brokers, async (admin) => {
    const there = new Set(await admin.listTopics())
    const kept = specs.filter((spec) => there.has(spec.topic))
    await requireSamePartitions(admin, kept)
    await widen(admin, kept)
    const missing = specs.filter((spec) => !there.has(spec.topic))
    const names = missing.map((spec) => spec.topic)
    if (names.length > 0) {
      await admin.createTopics({ topics: missing.map(topicConfig), waitForLeaders: false })
      // With several brokers the one that is asked may not have heard of the topics yet; kafkajs gives up then.
      await withRetries(() => admin.fetchTopicMetadata({ topics: names }))
    }
    return names
  })
}

/** How many brokers of the cluster are up; 0 when none answers. */
export async function brokersUp(brokers: readonly string[]): Promise<number> {
  try {
    return await withAdmin(brokers, async (admin) => (await admin.describeCluster()).brokers.length, 0)
  } catch {
    return 0
  }
}

/**
 * The groups whose coordinator is up and says that it is not their coordinator. For a moment that is in order; a broker
 * that failed to load its groups says so until it is started again.
 */
export async function refusedGroups(
  brokers: readonly string[],
  groups: readonly string[],
): Promise<string[]> {
  try {
    return await withAdmin(brokers, (admin) => refusedBy(admin, groups), 0)
  } catch {
    return []
  }
}

async function refusedBy(admin: Admin, groups: readonly string[]): Promise<string[]> {
  const refused: string[] = []
  for (const groupId of groups) {
    try {
      await admin.fetchOffsets({ groupId })
    } catch (error) {
      if ((error as { type?: string }).type === 'NOT_COORDINATOR_FOR_GROUP') refused.push(groupId)
    }
  }
  return refused
}

/**
 * Has Kafka create its own topics for offsets and transactions. It does so at their first use, and clients that meet
 * it doing so back off for up to half a minute.
 */
export async function createInternalTopics(brokers: readonly string[]): Promise<void> {
  const kafka = connect(brokers, { retries: 120, initialRetryTime: 100, maxRetryTime: 250 })
  const admin = kafka.admin()
  const producer = kafka.producer({ transactionalId: setUpId, maxInFlightRequests: 1, idempotent: true })
  try {
    await Promise.all([admin.connect(), producer.connect()])
    await Promise.all([
      withRetries(() => admin.fetchOffsets({ groupId: setUpId })),
      producer.transaction().then((transaction) => transaction.abort()),
    ])
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()])
  }
}

const setUpId = 'holdpoint-set-up'
const settledWithinMs = 60_000

/** kafkajs itself does not ask again when a coordinator is still loading or a topic has no leader yet. */
async function withRetries<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + settledWithinMs
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error as Partial<KafkaJSError>).retriable || Date.now() > deadline) throw error
    }
    await pause(200)
  }
}

function topicConfig({ topic, partitions, replicas, settings }: TopicSpec) {
  const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }))
  return { topic, numPartitions: partitions, replicationFactor: replicas, configEntries }
}

async function requireSamePartitions(admin: Admin, specs: readonly TopicSpec[]): Promise<void> {
  if (specs.length === 0) return
  const { topics } = await admin.fetchTopicMetadata({ topics: specs.map((spec) => spec.topic) })
  const counts = new Map(topics.map((topic) => [topic.name, topic.partitions.length]))
  for (const { topic, partitions } of specs) {
    const count = counts.get(topic) ?? 0
    if (count !== partitions) throw new PartitionMismatch(topic, count, partitions)
  }
}

const batchSize = 'max.message.bytes'
/** Kafka's number for topics among all that has settings. */
export const topicResource = 2
/** Where Kafka says that a setting was made for the topic itself. */
const ofTopic = 1

/** An installation of an older version may have topics that take less than this one writes at once. */
async function widen(admin: Admin, specs: readonly TopicSpec[]): Promise<void> {
  const wanted = specs.filter(({ settings }) => settings[batchSize] !== undefined)
  if (wanted.length === 0) return
  const narrow = await tooNarrow(admin, wanted)
  for (const { name, configEntries } of narrow)
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: topicResource, name, configEntries }],
    })
  // A change is answered before each broker knows it.
  const deadline = Date.now() + settledWithinMs
  while (narrow.length > 0 && (await tooNarrow(admin, wanted)).length > 0 && Date.now() < deadline)
    await pause(100)
}

/** Topics whose record batches may not be as large as asked for, each with all the settings that it is to have. */
async function tooNarrow(admin: Admin, specs: readonly TopicSpec[]) {
  const { resources } = await admin.describeConfigs({
    resources: specs.map(({ topic }) => ({ type: topicResource, name: topic })),
    includeSynonyms: false,
  })
  return resources.flatMap(({ resourceName: name, configEntries }) => {
    const value = specs.find(({ topic }) => topic === name)?.settings[batchSize] as string
    const now = configEntries.find(({ configName }) => configName === batchSize)?.configValue
    if (Number(now) >= Number(value)) return []
    // Kafka forgets every setting of the topic that is not said again.
    const others = configEntries.filter(
      ({ configSource, configName }) => Number(configSource) === ofTopic && configName !== batchSize,
    )
    const kept = others.map(({ configName, configValue }) => ({ name: configName, value: configValue }))
    return [{ name, configEntries: [...kept, { name: batchSize, value }] }]
  })
}

async function withAdmin<T>(
  brokers: readonly string[],
  work: (admin: Admin) => Promise<T>,
  retries = 10,
): Promise<T> {
  const kafka = connect(brokers, { retries, initialRetryTime: 200, maxRetryTime: 2_000 })
  const admin = kafka.admin()
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

function connect(brokers: readonly string[], retry: RetryOptions): Kafka {
  correctClient()
  return new Kafka({
    clientId: 'holdpoint-topics',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 3_000,
    retry,
  })
}
