import type { Actor } from '@holdpoint/schemas'
import type { Sql } from '../database/port.ts'
import { iso } from './instant.ts'

/** Where a record lies. */
export interface RecordPlace {
  topic: string
  partition: number
  offset: number
}

/** The last time that somebody sent a dead letter through its service once more, and what is known to have come of it. */
export interface ReplayView {
  replayId: string
  attempt: number
  by: Actor
  reason: string
  at: string
  /** The dead letter that the record became again; null while there is none. */
  refusedAgain: RecordPlace | null
}

interface ReplayRow {
  replay_id: string
  letter_topic: string
  letter_partition: number
  letter_offset: number
  attempt: number
  by: Actor
  reason: string
  at: number
}

type AgainRow = Pick<ReplayRow, 'replay_id' | 'letter_topic' | 'letter_partition' | 'letter_offset'>

export const placeKey = ({ topic, partition, offset }: RecordPlace): string =>
  `${topic} ${partition} ${offset}`

/** The last replay of each of these dead letters, by `placeKey` of the letter. */
export async function lastReplays(
  sql: Sql,
  letters: readonly RecordPlace[],
): Promise<ReadonlyMap<string, ReplayView>> {
  if (letters.length === 0) return new Map()
  const rows = await sql.query<ReplayRow>(
    `select * from read_model.replays where (letter_topic, letter_partition, letter_offset) in
       (select topic, partition, "offset"
        from json_to_recordset($1::json) as asked (topic text, partition int, "offset" bigint))
     order by at, attempt, replay_id`,
    [JSON.stringify(letters)],
  )
  const again = await refusedAgain(
    sql,
    rows.map((row) => row.replay_id),
  )
  return new Map(rows.map((row) => [placeKey(placeOf(row)), view(row, again.get(row.replay_id))]))
}

async function refusedAgain(sql: Sql, replayIds: readonly string[]): Promise<Map<string, RecordPlace>> {
  if (replayIds.length === 0) return new Map()
  const rows = await sql.query<AgainRow>(
    `select replay_id, letter_topic, letter_partition, letter_offset from read_model.dead_letters
     where replay_id in (select value from json_array_elements_text($1::json))`,
    [JSON.stringify(replayIds)],
  )
  return new Map(rows.map((row) => [row.replay_id, placeOf(row)]))
}

function placeOf(row: AgainRow): RecordPlace {
  return { topic: row.letter_topic, partition: row.letter_partition, offset: row.letter_offset }
}

function view(row: ReplayRow, again: RecordPlace | undefined): ReplayView {
  const { replay_id: replayId, attempt, by, reason, at } = row
  return { replayId, attempt, by, reason, at: iso(at) as string, refusedAgain: again ?? null }
}
