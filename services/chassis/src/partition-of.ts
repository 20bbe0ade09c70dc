import { Partitioners } from 'kafkajs'

const partitioner = Partitioners.DefaultPartitioner()

/** The lane of a key: murmur2, as the Java clients compute it. */
export function partitionOf(key: Buffer | string, lanes: number): number {
  const partitionMetadata = Array.from({ length: lanes }, (_, partitionId) => ({
    partitionId,
    leader: 0,
    partitionErrorCode: 0,
    replicas: [],
    isr: [],
  }))
  return partitioner({ topic: '', partitionMetadata, message: { key, value: null } })
}
