import type { Admin } from 'kafkajs'
import { ChassisError } from '../errors.ts'
import { type KafkaAccess, newKafka } from './kafka-access.ts'

/** First kept offset, and the one behind the last record that a reader of committed records can get. */
export interface PartitionBounds {
  begin: number
  end: number
}

/** Asks Kafka for offsets, with a connection that is made when it is needed and again after an error. */
export class LaneOffsets {
  readonly #access: KafkaAccess
  #admin: Promise<Admin> | undefined

  constructor(access: KafkaAccess) {
    this.#access = access
  }

  /**
   * Where a lane goes on with each input: where the lane's own log or the group's offset says, whichever is further, or at
   * the beginning of what is kept. Raises OFFSETS_LOST for a lane with state of which nothing says how far it got, and
   * RECORDS_LOST rather than skip or repeat records in silence.
   */
  positions(
    group: string,
    topics: readonly string[],
    partition: number,
    { known, hadState }: { known: ReadonlyMap<string, number>; hadState: boolean },
  ): Promise<Map<string, number>> {
    return this.ask(async (admin) => {
      const mine = await topicsWith(admin, topics, partition)
      const committed = await committedOffsets(admin, group, mine, partition)
      if (hadState && mine.every((topic) => committed.get(topic) === undefined))
        throw offsetsLost(group, partition)
      const positions = new Map<string, number>()
      for (const topic of mine) {
        const bounds = boundsIn(await topicBounds(admin, topic), topic, partition)
        const position = furthest(known.get(topic), committed.get(topic))
        positions.set(topic, positionIn(bounds, position, `${topic}-${partition}`, group))
      }
      return positions
    })
  }

  /** What each partition of a topic holds. */
  bounds(topic: string): Promise<Map<number, PartitionBounds>> {
    return this.ask((admin) => topicBounds(admin, topic))
  }

  /** Offset of the first record whose own time is at `since` (milliseconds UTC) or later; the end when there is none. */
  firstSince(topic: string, partition: number, since: number): Promise<number> {
    return this.ask(async (admin) => {
      const found = await admin.fetchTopicOffsetsByTimestamp(topic, since)
      const offset = found.find((one) => one.partition === partition)?.offset
      if (offset !== undefined && Number(offset) >= 0) return Number(offset)
      return boundsIn(await topicBounds(admin, topic), topic, partition).end
    })
  }

  /** Identity of the cluster; another one after Kafka was replaced. */
  clusterId(): Promise<string> {
    return this.ask(async (admin) => (await admin.describeCluster()).clusterId)
  }

  async ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    this.#admin ??= this.#connect()
    const connection = this.#admin
    try {
      return await question(await connection)
    } catch (error) {
      if (this.#admin === connection) this.#admin = undefined
      connection.then((admin) => admin.disconnect()).catch(() => undefined)
      throw error
    }
  }

  async stop(): Promise<void> {
    await this.#admin?.then((admin) => admin.disconnect()).catch(() => undefined)
  }

  async #connect(): Promise<Admin> {
    const admin = newKafka(this.#access).admin()
    await admin.connect()
    return admin
  }
}

function furthest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b)
}

/** Topics with one partition belong to lane 0 only. */
async function topicsWith(admin: Admin, topics: readonly string[], partition: number): Promise<string[]> {
  const metadata = await admin.fetchTopicMetadata({ topics: [...topics] })
  return metadata.topics
    .filter(({ partitions }) => partitions.some((each) => each.partitionId === partition))
    .map(({ name }) => name)
}

function offsetsLost(group: string, partition: number): ChassisError {
  return new ChassisError(
    'OFFSETS_LOST',
    `Lane ${partition} of ${group} has state but no committed offset for any input. Its group's offsets have ` +
      'expired or were deleted; to go on would handle records twice. Restore the offsets, or empty the state topic as well.',
  )
}

async function topicBounds(admin: Admin, topic: string): Promise<Map<number, PartitionBounds>> {
  const offsets = await admin.fetchTopicOffsets(topic)
  return new Map(
    offsets.map(({ partition, low, high }) => [partition, { begin: Number(low), end: Number(high) }]),
  )
}

/** Raises TOPIC_MISSING when Kafka knows no such partition (for now). */
export function boundsIn(
  bounds: ReadonlyMap<number, PartitionBounds>,
  topic: string,
  partition: number,
): PartitionBounds {
  const found = bounds.get(partition)
  if (found) return found
  throw new ChassisError('TOPIC_MISSING', `${topic} has no partition ${partition}.`, { canRetry: true })
}

async function committedOffsets(
  admin: Admin,
  group: string,
  topics: readonly string[],
  partition: number,
): Promise<Map<string, number | undefined>> {
  const answer = await admin.fetchOffsets({ groupId: group, topics: [...topics] })
  const found = answer.map(({ topic, partitions }) => {
    const offset = Number(partitions.find((each) => each.partition === partition)?.offset ?? -1)
    return [topic, offset >= 0 ? offset : undefined] as const
  })
  return new Map(found)
}

/** A new leader may not know its whole log for a moment, so a position beyond the end is worth another look. */
export function recordsLost(
  reader: string,
  where: string,
  position: number,
  { begin, end }: PartitionBounds,
): ChassisError {
  return new ChassisError(
    'RECORDS_LOST',
    `${reader} should go on at offset ${position} of ${where}, which holds ${begin} to ${end}. Records were deleted ` +
      'before they were read, or the topic is another one. Decide what is to become of them and set the offsets.',
    { canRetry: position > end },
  )
}

function positionIn(
  { begin, end }: PartitionBounds,
  committed: number | undefined,
  where: string,
  group: string,
): number {
  if (committed === undefined) return begin
  if (committed >= begin && committed <= end) return committed
  throw recordsLost(group, where, committed, { begin, end })
}
