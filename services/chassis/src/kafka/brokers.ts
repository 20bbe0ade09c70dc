import { createRequire } from 'node:module'
import type { Kafka } from 'kafkajs'
import type { FetchedMessage, FetchedMessages } from './batches/records.ts'
import { consumerRetry, type KafkaAccess, newKafka } from './kafka-access.ts'
import type { ProduceRequest } from './produce-request.ts'

/** A partition. */
export interface Place {
  topic: string
  partition: number
}

/** A partition's part of an answer to a fetch. */
export interface FetchedPart extends Place {
  /** In the order of their offsets, from the one that was asked for on; neither control records nor what was aborted. */
  messages: readonly FetchedMessage[]
  /** Where to fetch from next. */
  next: number
  /** Offset behind the last record that may be read. */
  end: number
}

type AbortedTransactions = readonly { producerId: string; firstOffset: string }[]

export interface Wanted extends Place {
  from: number
  maxBytes: number
}

/** The requests of the client's connection to one broker that lanes make themselves. Each rejects with the broker's error. */
export interface Broker {
  produce(request: ProduceRequest): Promise<{
    topics: {
      topicName: string
      partitions: { partition: number; errorCode: number; baseOffset: string }[]
    }[]
  }>
  fetch(request: {
    maxWaitTime: number
    minBytes: number
    maxBytes: number
    isolationLevel: number
    topics: { topic: string; partitions: { partition: number; fetchOffset: string; maxBytes: number }[] }[]
    rackId: string
  }): Promise<{
    responses: {
      topicName: string
      partitions: {
        partition: number
        highWatermark: string
        abortedTransactions: AbortedTransactions | null
        messages: FetchedMessages
      }[]
    }[]
  }>
  listOffsets(request: {
    replicaId: number
    isolationLevel: number
    topics: { topic: string; partitions: { partition: number; timestamp: number }[] }[]
  }): Promise<{ responses: { topic: string; partitions: { partition: number; offset: string }[] }[] }>
  initProducerId(request: {
    transactionalId: string
    transactionTimeout: number
  }): Promise<{ producerId: string; producerEpoch: number }>
  addPartitionsToTxn(
    request: TransactionStep & { topics: { topic: string; partitions: number[] }[] },
  ): Promise<unknown>
  endTxn(request: TransactionStep & { transactionResult: boolean }): Promise<unknown>
}

interface TransactionStep {
  transactionalId: string
  producerId: string
  producerEpoch: number
}

interface Cluster {
  connect(): Promise<void>
  disconnect(): Promise<void>
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>
  refreshMetadata(): Promise<void>
  refreshMetadataIfNecessary(): Promise<void>
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Record<string, number[]>
  findBroker(node: { nodeId: string }): Promise<Broker>
  findGroupCoordinator(lookup: { groupId: string; coordinatorType: number }): Promise<Broker>
}

/** The client's own: leaves out records of transactions that were aborted. */
const filterAborted: (part: {
  messages: readonly FetchedMessage[]
  abortedTransactions: AbortedTransactions
}) => FetchedMessage[] = createRequire(import.meta.url)('kafkajs/src/consumer/filterAbortedMessages')

const transactionCoordinator = 1
const maxFetchBytes = 10 * 1024 * 1024
/** Isolation levels of a fetch. */
const committed = 1
const uncommitted = 0
/** What ListOffsets takes for an instant. */
const instants = { earliest: -2, latest: -1 }

/**
 * Connections of its own to the brokers that lead some topics, by which requests can be made one by one. The client's
 * producer and consumer make other ones: the first writes with the bit of transactions or without its id, the other
 * cannot be told to read a partition, nor be woken.
 */
export class Brokers {
  readonly #access: KafkaAccess
  readonly #topics: readonly string[]
  #connecting: Promise<Cluster> | undefined
  #isClosed = false

  constructor(access: KafkaAccess, topics: readonly string[]) {
    this.#access = access
    this.#topics = [...new Set(topics)]
  }

  async refresh(): Promise<void> {
    const cluster = await this.#cluster()
    await cluster.refreshMetadata()
  }

  /** Groups partitions by the node that leads them, as far as is known now; rejects when one has no leader. */
  async byLeader<Each extends Place>(places: readonly Each[]): Promise<Map<string, Each[]>> {
    const cluster = await this.#cluster()
    await cluster.refreshMetadataIfNecessary()
    const grouped = new Map<string, Each[]>()
    for (const place of places) {
      const node = Object.keys(cluster.findLeaderForPartitions(place.topic, [place.partition]))[0]
      if (node === undefined) throw new Error(`${place.topic} has no partition ${place.partition}.`)
      const mine = grouped.get(node) ?? []
      grouped.set(node, mine)
      mine.push(place)
    }
    return grouped
  }

  async broker(nodeId: string): Promise<Broker> {
    const cluster = await this.#cluster()
    return cluster.findBroker({ nodeId })
  }

  async coordinator(transactionalId: string): Promise<Broker> {
    const cluster = await this.#cluster()
    return cluster.findGroupCoordinator({
      groupId: transactionalId,
      coordinatorType: transactionCoordinator,
    })
  }

  /** Of each partition the first kept offset, or the one that its next record gets; in the order of the places. */
  async offsets(places: readonly Place[], which: keyof typeof instants): Promise<number[]> {
    const found = new Map<string, number>()
    for (const [node, mine] of await this.byLeader(places)) {
      const broker = await this.broker(node)
      const topics = byTopic(mine, ({ partition }) => ({ partition, timestamp: instants[which] }))
      const { responses } = await broker.listOffsets({ replicaId: -1, isolationLevel: uncommitted, topics })
      for (const { topic, partitions } of responses)
        for (const { partition, offset } of partitions)
          found.set(nameOf({ topic, partition }), Number(offset))
    }
    return places.map((place) => found.get(nameOf(place)) as number)
  }

  /** What the node has of some partitions, waiting for the first record at most `maxWaitMs`. */
  async fetch(node: string, wanted: readonly Wanted[], maxWaitMs: number): Promise<FetchedPart[]> {
    const broker = await this.broker(node)
    const { responses } = await broker.fetch({
      maxWaitTime: maxWaitMs,
      minBytes: 1,
      maxBytes: maxFetchBytes,
      isolationLevel: committed,
      topics: byTopic(wanted, ({ partition, from, maxBytes }) => {
        return { partition, fetchOffset: String(from), maxBytes }
      }),
      rackId: '',
    })
    return responses.flatMap(({ topicName: topic, partitions }) =>
      partitions.map(({ partition, messages, abortedTransactions, highWatermark }) => {
        const from = wanted.find((one) => one.topic === topic && one.partition === partition)?.from ?? 0
        const valid = filterAborted({ messages, abortedTransactions: abortedTransactions ?? [] }).filter(
          ({ isControlRecord, offset }) => !isControlRecord && Number(offset) >= from,
        )
        const next = Math.max(messages.next ?? from, from)
        return { topic, partition, messages: valid, next, end: Number(highWatermark) }
      }),
    )
  }

  /** Does not wait for requests that are under way: a fetch takes as long as it waits for records. */
  close(): void {
    this.#isClosed = true
    this.#connecting?.then((cluster) => cluster.disconnect()).catch(() => undefined)
  }

  /** Connected when it is first needed, and knows where the topics are; rejects when that cannot be done now. */
  #cluster(): Promise<Cluster> {
    if (this.#isClosed) return Promise.reject(new Error('The connections to Kafka are closed.'))
    this.#connecting ??= this.#connect()
    return this.#connecting
  }

  /** The next one tries again after one that failed. */
  #connect(): Promise<Cluster> {
    const connecting = connected(this.#access, this.#topics)
    connecting.catch(() => {
      if (this.#connecting === connecting) this.#connecting = undefined
    })
    return connecting
  }
}

export const nameOf = ({ topic, partition }: Place): string => `${topic}-${partition}`

export function byTopic<Each extends Place, Part>(
  places: readonly Each[],
  partOf: (place: Each) => Part,
): { topic: string; partitions: Part[] }[] {
  const topics = new Map<string, Part[]>()
  for (const place of places) {
    const partitions = topics.get(place.topic) ?? []
    topics.set(place.topic, partitions)
    partitions.push(partOf(place))
  }
  return Array.from(topics, ([topic, partitions]) => ({ topic, partitions }))
}

async function connected(access: KafkaAccess, topics: readonly string[]): Promise<Cluster> {
  const cluster = clusterOf(newKafka(access, { ...consumerRetry, retries: 2 }))
  try {
    await cluster.connect()
    await cluster.addMultipleTargetTopics(topics)
    return cluster
  } catch (error) {
    cluster.disconnect().catch(() => undefined)
    throw error
  }
}

/** The client keeps what makes a cluster under a symbol of its own, with addresses, secrets and time limits. */
function clusterOf(kafka: Kafka): Cluster {
  const symbol = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  )
  const create = symbol && (kafka as unknown as Record<symbol, unknown>)[symbol]
  if (typeof create !== 'function')
    throw new Error('kafkajs makes its clusters in another way than 2.2.4 did.')
  return create({ metadataMaxAge: 300_000, allowAutoTopicCreation: false })
}
