import { catalogue, type Topic, type TopicName } from '@holdpoint/schemas'
import { partitionOf } from '../partition-of.ts'
import type { LaneRecord, Problem } from '../port.ts'

/** How many partitions each topic of a lane has. */
export type Partitions = (topic: TopicName) => number

/**
 * What is wrong with a record that lies in another lane than the rest of its order: taken there, there would be two
 * records of one order, each with decisions of its own.
 */
export function misplaced(record: LaneRecord, partitions: Partitions): Problem | undefined {
  const { topic, partition, keyBytes, key } = record
  if (keyBytes === null || !isKeyedByOrder(topic)) return undefined
  const own = partitionOf(keyBytes, partitions(topic))
  if (own === partition) return undefined
  return {
    path: 'key',
    message:
      `came in partition ${partition}, and the key "${key.slice(0, 100)}" belongs to partition ${own}: its producer does not choose ` +
      'partitions by murmur2 of the key, as the Java clients do. Clients on librdkafka (Python, Go, .NET, Node) need the ' +
      'setting partitioner=murmur2_random, Java needs no partitioner.class of its own. Then send it again.',
  }
}

function isKeyedByOrder(topic: TopicName): boolean {
  const known = catalogue[topic] as Topic | undefined
  return known?.layout === 'lanes' && known.key === 'orderId'
}
