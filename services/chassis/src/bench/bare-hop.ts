/**
 * One hop of the bare chain that the lanes are measured against: reads a topic and writes every record, as it is, to
 * the same partition of another one, with nothing but kafkajs. No state, no decoding, no guards: what is left out
 * here is what the chassis costs.
 *
 *   node bare-hop.ts --brokers HOST:PORT --from TOPIC --to TOPIC --transactions on|off
 *
 * Writes `ready` once it has joined its group; ends on SIGTERM.
 */
import { parseArgs } from 'node:util'
import { type EachBatchPayload, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs'

const { values } = parseArgs({
  options: {
    brokers: { type: 'string', default: '' },
    from: { type: 'string', default: '' },
    to: { type: 'string', default: '' },
    transactions: { type: 'string', default: 'on' },
  },
})
const { brokers, from, to } = values
const group = `bench-bare-${values.transactions}-${from}`
const retry = { initialRetryTime: 5, maxRetryTime: 1_000, retries: 13 }
const client = () =>
  new Kafka({ clientId: group, brokers: brokers.split(','), retry, logLevel: logLevel.NOTHING })

const producers = new Map<number, Promise<Producer>>()

function producerOf(partition: number): Promise<Producer> {
  const known = producers.get(partition) ?? openProducer(partition)
  producers.set(partition, known)
  return known
}

async function openProducer(partition: number): Promise<Producer> {
  const transactional = values.transactions === 'on' ? { transactionalId: `${group}-${partition}` } : {}
  const producer = client().producer({
    ...transactional,
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
    retry,
  })
  await producer.connect()
  return producer
}

async function pass({ batch, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload): Promise<void> {
  const { partition } = batch
  const producer = await producerOf(partition)
  const messages = batch.messages.map(({ key, value }) => ({ key, value, partition }))
  const next = String(Number(batch.lastOffset()) + 1)
  const offsets = { topics: [{ topic: from, partitions: [{ partition, offset: next }] }] }
  if (values.transactions === 'on') {
    const transaction = await producer.transaction()
    await transaction.send({ topic: to, acks: -1, messages })
    await transaction.sendOffsets({ consumerGroupId: group, ...offsets })
    await transaction.commit()
  } else {
    await producer.send({ topic: to, acks: -1, messages })
    await commitOffsetsIfNecessary(offsets)
  }
  resolveOffset(batch.lastOffset())
}

const consumer = client().consumer({ groupId: group, maxWaitTimeInMs: 100, sessionTimeout: 10_000, retry })
consumer.on(consumer.events.GROUP_JOIN, () => process.stdout.write('ready\n'))
await consumer.connect()
await consumer.subscribe({ topics: [from], fromBeginning: true })
await consumer.run({
  autoCommit: false,
  eachBatchAutoResolve: false,
  partitionsConsumedConcurrently: 16,
  eachBatch: pass,
})

process.once('SIGTERM', async () => {
  await consumer.disconnect()
  process.exit(0)
})
