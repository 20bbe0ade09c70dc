import type { LaneReading } from '../port.ts'
import { LaneConsumer } from './lane-consumer.ts'
import { ReaderLane, type ReaderParts } from './reader-lane.ts'
import { requireTopics } from './require-topics.ts'

/** Feeds the lanes that the group gives to this process to a reader that keeps its own positions. */
export async function readLanes(parts: ReaderParts, fail: (error: unknown) => void): Promise<LaneReading> {
  const { reader, access, offsets } = parts
  const lanes = new Map<number, ReaderLane>()
  await requireTopics(offsets, access, reader)
  const consumer = new LaneConsumer({
    access,
    group: reader.service,
    topics: reader.inputs,
    createLane(partition, control) {
      const lane = new ReaderLane(parts, partition, control)
      lanes.set(partition, lane)
      return lane
    },
    fail,
  })
  await consumer.start()
  return {
    ready: () => consumer.ready,
    waiting: () => consumer.waiting,
    reopen: (partition) => lanes.get(partition)?.reopen(),
    stop: () => consumer.stop(),
  }
}
