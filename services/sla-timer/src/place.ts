import type { PartitionLog } from '@holdpoint/chassis'

/** What Redis holds of a lane when the lane is taken over. */
export interface Found {
  /** Next offset of the topic; undefined when Redis knows nothing of the lane. */
  offset: number | undefined
  /** The Kafka cluster that the offset belongs to. */
  clusterId: string
  /** When the lane was last written, milliseconds UTC. */
  at: number
  /** How many timers there should be. */
  count: number
  /** How many there are, in each of the two structures that hold them. */
  counted: readonly [due: number, payloads: number]
}

export type RebuildReason = 'empty' | 'spoiled' | 'other-cluster' | 'other-log' | 'incomplete' | 'outdated'

/** `from` is the next offset to read. With `rebuild` the lane is emptied first. */
export type Place = { from: number; rebuild?: RebuildReason }

/**
 * The topic keeps the tombstone of a cancelled timer for a day. What was written longer ago than half of that may
 * hold timers whose tombstones are gone, so that reading on would not cancel them.
 */
export const outdatedAfterMs = 12 * 60 * 60 * 1000

/** Whether the lane goes on where Redis says, or is built again from the beginning of the topic, and why. */
export function placeToStart(found: Found, log: PartitionLog, now: number): Place {
  const rebuild = reasonToRebuild(found, log, now)
  return rebuild ? { from: log.begin, rebuild } : { from: found.offset as number }
}

function reasonToRebuild(found: Found, log: PartitionLog, now: number): RebuildReason | undefined {
  if (found.offset === undefined) return 'empty'
  if (!isWhole(found.offset) || !isWhole(found.at) || found.counted.some((count) => count < 0))
    return 'spoiled'
  if (found.clusterId !== log.clusterId) return 'other-cluster'
  if (found.offset > log.end || found.offset < log.begin) return 'other-log'
  if (found.counted.some((count) => count !== found.count)) return 'incomplete'
  if (Math.abs(now - found.at) > outdatedAfterMs) return 'outdated'
  return undefined
}

const isWhole = (number: number): boolean => Number.isSafeInteger(number) && number >= 0
