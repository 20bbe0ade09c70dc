import { catalogue, partitionsOf, type Retention, type TopicName, topicNames } from '@holdpoint/schemas'
import { type Admin, ConfigResourceTypes, Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testServers } from '../harness/index.ts'

const dayMs = 24 * 60 * 60 * 1000
const brokers = testServers().kafkaBrokers.split(',')

let admin: Admin
let partitions: Map<string, number>
let settings: Map<string, Map<string, string>>

beforeAll(async () => {
  admin = new Kafka({ clientId: 'contract', brokers, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  const { topics } = await admin.fetchTopicMetadata({ topics: [...topicNames] })
  partitions = new Map(topics.map((topic) => [topic.name, topic.partitions.length]))
  const described = await admin.describeConfigs({
    includeSynonyms: false,
    resources: topicNames.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
  })
  settings = new Map(described.resources.map((resource) => [resource.resourceName, entriesOf(resource)]))
})

afterAll(() => admin.disconnect())

test.each(topicNames)('%s is there with its partitions', (name) => {
  const lanes = partitions.get('orders.inbound.v1') ?? 0
  expect(lanes).toBeGreaterThan(0)
  expect(partitions.get(name)).toBe(partitionsOf(name, lanes))
})

test.each(topicNames)('%s is kept as long as the catalogue says', (name) => {
  const found = settings.get(name)
  expect({
    policy: found?.get('cleanup.policy'),
    retentionMs: catalogue[name].retention.policy === 'compact' ? undefined : found?.get('retention.ms'),
  }).toEqual(wanted(catalogue[name].retention))
})

test('Kafka makes no topic by itself', async () => {
  const consumerOfNone = admin.fetchTopicMetadata({ topics: ['contract.nobody.made.this' as TopicName] })
  await expect(consumerOfNone).rejects.toMatchObject({ type: 'UNKNOWN_TOPIC_OR_PARTITION' })
})

function wanted(retention: Retention): { policy: string; retentionMs?: string } {
  switch (retention.policy) {
    case 'compact':
      return { policy: 'compact' }
    case 'forever':
      return { policy: 'delete', retentionMs: '-1' }
    case 'delete':
      return { policy: 'delete', retentionMs: String(retention.days * dayMs) }
  }
}

function entriesOf(resource: {
  configEntries: { configName: string; configValue: string }[]
}): Map<string, string> {
  return new Map(resource.configEntries.map((entry) => [entry.configName, entry.configValue]))
}
