import { Partitioners } from 'kafkajs'

const partitioner = Partitioners.DefaultPartitioner()
const layouts = new Map<number, ReturnType<typeof layoutOf>>()

/** The lane of a key: murmur2, as the Java clients compute it. */
export function partitionOf(key: Buffer | string, lanes: number): number {
  const partitionMetadata = layouts.get(lanes) ?? layoutOf(lanes)
  layouts.set(lanes, partitionMetadata)
  return partitioner({ topic: '', partitionMetadata, message: { key, value: null } })
}

function layoutOf(lanes: number) {
  return Array.from({ length: lanes }, (_, partitionId) => ({
    partitionId,
    leader: 0,
    partitionErrorCode: 0,
    replicas: [],
    isr: [],
  }))
}
