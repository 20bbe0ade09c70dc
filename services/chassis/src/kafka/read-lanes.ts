import type { LaneReading } from '../port.ts'
import { Fetcher } from './fetcher.ts'
import { LaneMember } from './lane-member.ts'
import { ReaderLane, type ReaderParts } from './reader-lane.ts'
import { requireTopics } from './require-topics.ts'

/** Feeds the lanes that the group gives to this process to a reader that keeps its own positions. */
export async function readLanes(
  given: Omit<ReaderParts, 'fetcher'>,
  fail: (error: unknown) => void,
): Promise<LaneReading> {
  const { reader, access, offsets } = given
  const fetcher = new Fetcher({ access, topics: reader.inputs })
  const parts = { ...given, fetcher }
  const lanes = new Map<number, ReaderLane>()
  await requireTopics(offsets, access, reader)
  const member = new LaneMember({
    access,
    group: reader.service,
    topics: reader.inputs,
    openLane(partition) {
      const lane = new ReaderLane(parts, partition)
      lanes.set(partition, lane)
      return lane
    },
    fail,
  })
  await member.start()
  return {
    ready: () => member.ready,
    waiting: () => member.waiting,
    reopen: (partition) => lanes.get(partition)?.reopen(),
    async stop() {
      await member.stop()
      fetcher.stop()
    },
  }
}
