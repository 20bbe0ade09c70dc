import type { Problem } from '@holdpoint/schemas'
import type { Sql } from '../database/port.ts'
import { iso } from './instant.ts'
import { type Page, type PageWanted, pageOf, parseCursor } from './page.ts'
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
}

const columns = `letter_topic, letter_partition, letter_offset, topic, partition, "offset", order_id, service, code,
  problems, recorded_at, at`
const place = "letter_topic || '-' || letter_partition || '-' || letter_offset"

/** Newest first. */
export async function listDeadLetters(
  sql: Sql,
  filter: { service?: string; orderId?: string },
  { limit, cursor }: PageWanted,
): Promise<Page<ReturnType<typeof summary>>> {
  const where = new Where()
  if (filter.service) where.add('service = ?', filter.service)
  if (filter.orderId) where.add('order_id = ?', filter.orderId)
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
  return pageOf(rows, limit, counted?.total ?? 0, (row) => [row.at, placeOf(row)], summary)
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
  return row && { ...summary(row), key: row.key, value: row.value, text: printable(row.value) }
}

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
  }
}

/** The bytes with everything that is no printable ASCII shown as a dot. */
function printable(base64: string): string {
  return Buffer.from(base64, 'base64')
    .toString('latin1')
    .replaceAll(/[^\x20-\x7e]/g, '·')
}
