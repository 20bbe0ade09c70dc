import {
  createInternalTopics,
  createTopics,
  journalBatchBytes,
  type TopicSpec,
} from '@holdpoint/chassis/topics'
import {
  catalogue,
  isState,
  loadSchema,
  partitionsOf,
  type Retention,
  subjectOf,
  type Topic,
  type TopicName,
  topicNames,
} from '@holdpoint/schemas'
import { StackError } from './errors.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Every topic of the catalogue, as it is created on a cluster of so many brokers. */
export function topicSpecs(lanes: number, brokers: number): TopicSpec[] {
  return topicNames.map((topic) => ({
    topic,
    partitions: partitionsOf(topic, lanes),
    replicas: brokers,
    settings: { ...retentionSettings(catalogue[topic].retention), ...sizeSettings(topic) },
  }))
}

/** What the largest record batch of a topic takes, where that is more than Kafka's 1 MB. */
function sizeSettings(topic: TopicName): Record<string, string> {
  // A dead letter holds the largest record that any topic takes, and what is wrong with it besides.
  if (catalogue[topic].schema === 'dead-letter') return { 'max.message.bytes': String(2 * 1024 * 1024) }
  // The journal of a lane takes all that a batch changes and publishes in one.
  return isState(topic) ? { 'max.message.bytes': String(journalBatchBytes) } : {}
}

function retentionSettings(retention: Retention): Record<string, string> {
  switch (retention.policy) {
    case 'delete':
      return { 'cleanup.policy': 'delete', 'retention.ms': String(retention.days * dayMs) }
    case 'forever':
      return { 'cleanup.policy': 'delete', 'retention.ms': '-1' }
    case 'compact':
      // Deleted keys stay visible for a day, so that a reader that was away learns of them. What is overwritten is taken
      // out once it is a day old, however little of the topic it is: the key of a forgotten order has to go.
      return {
        'cleanup.policy': 'compact',
        'delete.retention.ms': String(dayMs),
        'segment.ms': String(dayMs),
        'max.compaction.lag.ms': String(dayMs),
      }
    default:
      return retention satisfies never
  }
}

/** Creates the topics that are missing and registers their schemas. Says how many topics are new. */
export async function prepareTopics(
  urls: { kafkaBrokers: string; schemaRegistryUrl: string },
  { lanes, brokers }: { lanes: number; brokers: number },
): Promise<number> {
  const addresses = urls.kafkaBrokers.split(',')
  const [created] = await Promise.all([
    createTopics(addresses, topicSpecs(lanes, brokers)),
    registerSchemas(urls.schemaRegistryUrl),
    createInternalTopics(addresses),
  ])
  return created.length
}

/** Registering what is registered already changes nothing; a change that breaks readers is refused. */
export async function registerSchemas(registryUrl: string): Promise<void> {
  for (const topic of topicNames) {
    const schema = loadSchema(catalogue[topic].schema)
    await register(registryUrl, subjectOf(topic), schema)
    if ((catalogue[topic] as Topic).writer === 'upstream') await offer(registryUrl, `${topic}-value`, schema)
  }
}

/**
 * For producers that look their schema up where their serializer expects it. What others have registered there may
 * keep the product's next version out; theirs is what they write with, and this one changes nothing for them.
 */
async function offer(registryUrl: string, subject: string, schema: unknown): Promise<void> {
  const { response, answer } = await post(registryUrl, subject, schema)
  if (response.status !== 409) requireRegistered(subject, response, answer)
}

async function register(registryUrl: string, subject: string, schema: unknown): Promise<void> {
  const { response, answer } = await post(registryUrl, subject, schema)
  requireRegistered(subject, response, answer)
}

async function post(registryUrl: string, subject: string, schema: unknown) {
  const response = await fetch(`${registryUrl}/subjects/${subject}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: JSON.stringify(schema) }),
  })
  return { response, answer: await response.text() }
}

function requireRegistered(subject: string, response: Response, answer: string): void {
  if (response.ok) return
  throw new StackError(
    'COMMAND_FAILED',
    `The registry refused the schema of ${subject} (${response.status}): ${answer}`,
  )
}
