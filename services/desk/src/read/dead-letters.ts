import type { Problem } from '@holdpoint/schemas'
import type { Sql } from '../database/port.ts'
import { iso } from './instant.ts'
import { type Page, type PageWanted, pageOf, parseCursor } from './page.ts'
import { lastReplays, placeKey, type ReplayView } from './replays.ts'
import { Where } from './where.ts'

interface DeadLetterRow {
  letter_topic: string
  letter_partition: number
  letter_offset: number
  topic: string
  partition: number
  offset: number
  order_id: string
  service: string
  code: string
  problems: Problem[]
  key: string
  value: string
  recorded_at: number
  at: number
  attempt: number
}

export interface DeadLetterFilter {
  service?: string | undefined
  orderId?: string | undefined
  code?: string | undefined
  /** Topic of the record. */
  topic?: string | undefined
}

type Summary = ReturnType<typeof summary>
export type DeadLetterView = Summary & { replay: ReplayView | null }
/** With the original bytes, in base64. */
export type WholeDeadLetter = Summary & { key: string; value: string }

const columns = `letter_topic, letter_partition, letter_offset, topic, partition, "offset", order_id, service, code,
  problems, recorded_at, at, attempt`
const place = "letter_topic || '-' || letter_partition || '-' || letter_offset"

/** Newest first. */
export async function listDeadLetters(
  sql: Sql,
  filter: DeadLetterFilter,
  { limit, cursor }: PageWanted,
): Promise<Page<DeadLetterView>> {
  const where = whereOf(filter)
  const [counted] = await sql.query<{ total: number }>(
    `select count(*) as total from read_model.dead_letters ${where.clause}`,
    where.values,
  )
  const from = cursor === undefined ? undefined : parseCursor(cursor)
  if (from) where.add(`(at, ${place}) < (?, ?)`, ...from)
  const rows = await sql.query<DeadLetterRow>(
    `select ${columns} from read_model.dead_letters ${where.clause}
     order by at desc, ${place} desc limit ${where.value(limit + 1)}`,
    where.values,
  )
  const page = pageOf(rows, limit, counted?.total ?? 0, (row) => [row.at, placeOf(row)], summary)
  return { ...page, items: await withReplays(sql, page.items) }
}

/** Those that nobody has replayed yet, oldest first, so that what is replayed keeps its order. */
export async function lettersToReplay(sql: Sql, filter: DeadLetterFilter, limit: number) {
  const where = whereOf(filter).add(`not exists (select 1 from read_model.replays replayed
    where replayed.letter_topic = letters.letter_topic and replayed.letter_partition = letters.letter_partition
      and replayed.letter_offset = letters.letter_offset)`)
  const from = `from read_model.dead_letters letters ${where.clause}`
  const [counted] = await sql.query<{ total: number }>(`select count(*) as total ${from}`, where.values)
  const rows = await sql.query<DeadLetterRow>(
    `select ${columns}, key, value ${from}
     order by at, letter_topic, letter_partition, letter_offset limit ${where.value(limit)}`,
    where.values,
  )
  return { letters: rows.map(whole), total: counted?.total ?? 0 }
}

function whereOf({ service, orderId, code, topic }: DeadLetterFilter): Where {
  const where = new Where()
  if (service) where.add('service = ?', service)
  if (orderId) where.add('order_id = ?', orderId)
  if (code) where.add('code = ?', code)
  if (topic) where.add('topic = ?', topic)
  return where
}

async function withReplays(sql: Sql, letters: readonly Summary[]): Promise<DeadLetterView[]> {
  const replays = await lastReplays(
    sql,
    letters.map(({ letter }) => letter),
  )
  return letters.map((one) => ({ ...one, replay: replays.get(placeKey(one.letter)) ?? null }))
}

/** By the place of the record that could not be processed, or by the dead letter's own place. */
export async function findDeadLetter(sql: Sql, topic: string, partition: number, offset: number) {
  const where = new Where().add(
    '((topic = ? and partition = ? and "offset" = ?) or (letter_topic = ? and letter_partition = ? and letter_offset = ?))',
    ...[topic, partition, offset],
    ...[topic, partition, offset],
  )
  const [row] = await sql.query<DeadLetterRow>(
    `select ${columns}, key, value from read_model.dead_letters ${where.clause} order by at, ${place} limit 1`,
    where.values,
  )
  if (!row) return undefined
  const [shown] = await withReplays(sql, [summary(row)])
  return { ...(shown as DeadLetterView), ...bytesOf(row), text: printable(row.value) }
}

const bytesOf = ({ key, value }: DeadLetterRow) => ({ key, value })
const whole = (row: DeadLetterRow): WholeDeadLetter => ({ ...summary(row), ...bytesOf(row) })

function placeOf(row: DeadLetterRow): string {
  return `${row.letter_topic}-${row.letter_partition}-${row.letter_offset}`
}

function summary(row: DeadLetterRow) {
  return {
    topic: row.topic,
    partition: row.partition,
    offset: row.offset,
    letter: { topic: row.letter_topic, partition: row.letter_partition, offset: row.letter_offset },
    orderId: row.order_id,
    service: row.service,
    code: row.code,
    problems: row.problems,
    timestamp: iso(row.recorded_at),
    at: iso(row.at),
    attempt: row.attempt,
  }
}

/** The bytes with everything that is no printable ASCII shown as a dot. */
function printable(base64: string): string {
  return Buffer.from(base64, 'base64')
    .toString('latin1')
    .replaceAll(/[^\x20-\x7e]/g, '·')
}
