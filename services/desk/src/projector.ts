import type { FollowOptions, LaneRecord } from '@holdpoint/chassis'
import type { TopicName } from '@holdpoint/schemas'
import type { Database, Sql } from './database/port.ts'
import type { Feed } from './feed.ts'
import { type ProjectedTopic, projectedTopics, projections } from './handlers.ts'
import { type Projection, read, type Seen } from './projection/projection.ts'

/** Most records of one transaction, so that requests are answered in between. */
const transactionSize = 500

export interface Trouble {
  /** A record whose bytes cannot be read was left out. */
  unreadable(record: LaneRecord): void
}

/** Keeps the read model up to date; give it to the chassis's `follow`. Rows and position move in one transaction. */
export function createProjector(
  database: Database,
  feed: Feed,
  trouble: Trouble,
): Omit<FollowOptions<ProjectedTopic>, 'onCaughtUp'> {
  return {
    topics: projectedTopics,
    from: (topic, partition) => positionOf(database, topic, partition),
    onBatch: async (topic, partition, records) => {
      for (let at = 0; at < records.length; at += transactionSize) {
        const part = records.slice(at, at + transactionSize)
        feed.emit(await projectPart(database, topic, partition, part, trouble))
      }
    },
  }
}

async function projectPart<T extends ProjectedTopic>(
  database: Database,
  topic: T,
  partition: number,
  records: readonly LaneRecord<T>[],
  trouble: Trouble,
): Promise<readonly Seen<TopicName>[]> {
  const seen = records.flatMap((record) => {
    const readable = read(record)
    if (!readable) trouble.unreadable(record as LaneRecord)
    return readable ? [readable] : []
  })
  const end = (records.at(-1)?.offset ?? -1) + 1
  await database.transaction(async (sql) => {
    const next = await positionOf(sql, topic, partition, 'for update')
    const fresh = seen.filter((record) => record.offset >= next)
    if (fresh.length > 0) await (projections[topic] as unknown as Projection<T>)(sql, fresh as Seen<T>[])
    if (end > next) await moveTo(sql, topic, partition, end)
  })
  return seen as readonly Seen<TopicName>[]
}

async function positionOf(sql: Sql, topic: string, partition: number, lock = ''): Promise<number> {
  const [row] = await sql.query<{ next_offset: number }>(
    `select next_offset from read_model.positions where topic = $1 and partition = $2 ${lock}`,
    [topic, partition],
  )
  return row?.next_offset ?? 0
}

async function moveTo(sql: Sql, topic: string, partition: number, next: number): Promise<void> {
  await sql.query(
    `insert into read_model.positions (topic, partition, next_offset) values ($1, $2, $3)
     on conflict (topic, partition) do update set next_offset = excluded.next_offset`,
    [topic, partition, next],
  )
}
