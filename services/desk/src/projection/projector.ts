import type { FollowOptions, LaneRecord } from '@holdpoint/chassis'
import type { TopicName } from '@holdpoint/schemas'
import type { Database, Sql } from '../database/port.ts'
import type { Feed } from '../feed.ts'
import { insertLeftOut, type LeftOut } from './dead-letters.ts'
import { eraseForgotten } from './forgets.ts'
import { type ProjectedTopic, projectedTopics, projections } from './handlers.ts'
import { type Projection, type Refused, read, type Seen } from './projection.ts'

/** Most records of one transaction, so that requests are answered in between. */
const transactionSize = 500

export interface Trouble {
  /** A record was left out: its bytes cannot be read, or what it says cannot be. */
  leftOut(left: LeftOut): void
}

/** Keeps the read model up to date; give it to the chassis's `follow`. Rows and position move in one transaction. */
export function createProjector(
  database: Database,
  feed: Feed,
  trouble: Trouble,
  now: () => number = Date.now,
): Omit<FollowOptions<ProjectedTopic>, 'onCaughtUp'> {
  return {
    topics: projectedTopics,
    from: (topic, partition) => positionOf(database, topic, partition),
    onBatch: async (topic, partition, records) => {
      for (let at = 0; at < records.length; at += transactionSize) {
        const part = records.slice(at, at + transactionSize)
        const { seen, left } = await projectPart({ database, topic, partition, now: now() }, part)
        for (const one of left) trouble.leftOut(one)
        feed.emit(seen)
      }
    },
  }
}

interface Part<T extends ProjectedTopic> {
  database: Database
  topic: T
  partition: number
  now: number
}

interface Projected {
  seen: readonly Seen<TopicName>[]
  left: readonly LeftOut[]
}

/** When a record makes the database refuse all of its part, it is found by taking the records one by one. */
async function projectPart<T extends ProjectedTopic>(
  part: Part<T>,
  records: readonly LaneRecord<T>[],
): Promise<Projected> {
  try {
    return await projectTogether(part, records)
  } catch (error) {
    const [record] = records
    if (!record || !isRecordsFault(error)) throw error
    if (records.length === 1)
      return projectTogether(part, [], leftOut(record as LaneRecord, 'HANDLER_FAILED', error))
    const seen: Seen<TopicName>[] = []
    const left: LeftOut[] = []
    for (const one of records) {
      const projected = await projectPart(part, [one])
      seen.push(...projected.seen)
      left.push(...projected.left)
    }
    return { seen, left }
  }
}

async function projectTogether<T extends ProjectedTopic>(
  { database, topic, partition, now }: Part<T>,
  records: readonly LaneRecord<T>[],
  failed?: LeftOut,
): Promise<Projected> {
  const seen: Seen<T>[] = []
  const unreadable: LeftOut[] = failed ? [failed] : []
  for (const record of records) {
    const readable = read(record)
    if ('problem' in readable) unreadable.push(leftOut(record as LaneRecord, 'UNDECODABLE', readable.problem))
    else seen.push(readable)
  }
  const end = (failed?.record.offset ?? records.at(-1)?.offset ?? -1) + 1
  return database.transaction(async (sql) => {
    const next = await positionOf(sql, topic, partition, 'for update')
    const fresh = seen.filter((record) => record.offset >= next)
    const project = projections[topic] as unknown as Projection<T>
    const refused = fresh.length > 0 ? await project(sql, fresh) : []
    const left = [...unreadable, ...refused.map((one) => asLeftOut(one, records))]
    await insertLeftOut(sql, left, now)
    await eraseForgotten(sql, ordersIn(fresh as readonly Seen<TopicName>[], left))
    if (end > next) await moveTo(sql, topic, partition, end)
    const isSound = ({ offset }: Seen<T>) => !refused.some((one) => one.offset === offset)
    return { seen: seen.filter(isSound) as readonly Seen<TopicName>[], left }
  })
}

/** Orders that the records may be about: by their key, and by what they say. */
function ordersIn(seen: readonly Seen<TopicName>[], left: readonly LeftOut[]): string[] {
  const said = seen.map(({ value }) => (value && 'orderId' in value ? value.orderId : ''))
  return [...seen.map(({ key }) => key), ...said, ...left.map(({ record }) => record.key)]
}

function asLeftOut<T extends TopicName>(
  { offset, problem }: Refused<T>,
  records: readonly LaneRecord<T>[],
): LeftOut {
  const record = records.find((one) => one.offset === offset) as LaneRecord
  return { record, code: 'INVALID', problem }
}

function leftOut(record: LaneRecord, code: LeftOut['code'], error: unknown): LeftOut {
  return {
    record,
    code,
    problem: { path: '', message: error instanceof Error ? error.message : String(error) },
  }
}

/** Of PostgreSQL's errors: data that cannot be stored (22), that contradicts itself (23), or that is too large (54). */
const faultyData = /^(?:22|23|54)...$/

function isRecordsFault(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && faultyData.test(code)
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
