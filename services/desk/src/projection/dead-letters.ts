import type { DeadLetterCode, LaneRecord, Problem } from '@holdpoint/chassis'
import type { deadLetterTopic } from '@holdpoint/schemas'
import type { Sql } from '../database/port.ts'
import { insertRows } from '../database/rows.ts'
import type { Projection, Seen } from './projection.ts'

/** A record that the read model goes on without. */
export interface LeftOut {
  record: LaneRecord
  code: DeadLetterCode
  problem: Problem
}

export type DeadLetterTopic = (typeof deadLetterTopic)[keyof typeof deadLetterTopic]

/** Longest order id that a dead letter is found by: its key may be any bytes at all. */
const longestOrderId = 200

/**
 * A record that the desk itself could not take into the read model, as the dead letter that it would be elsewhere: the
 * desk writes no such topic, so that it stands at the record's own place.
 */
export function insertLeftOut(sql: Sql, left: readonly LeftOut[], at: number): Promise<void> {
  const rows = left.map(({ record, code, problem }) => ({
    letter_topic: record.topic,
    letter_partition: record.partition,
    letter_offset: record.offset,
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    order_id: record.key.slice(0, longestOrderId),
    service: 'desk',
    code,
    problems: [problem],
    key: record.keyBytes?.toString('base64') ?? '',
    value: record.valueBytes?.toString('base64') ?? '',
    recorded_at: record.timestamp,
    at,
    replay_id: '',
    attempt: 0,
  }))
  return insertLetters(sql, rows)
}

/** The dead-letter topics: every record that a service could not process, with its original bytes in base64. */
export const projectDeadLetters: Projection<DeadLetterTopic> = async (sql, records) => {
  await insertLetters(sql, records.flatMap(deadLetterRow))
  return []
}

const insertLetters = (sql: Sql, rows: readonly object[]): Promise<void> =>
  insertRows(
    sql,
    'read_model.dead_letters',
    rows,
    '(letter_topic, letter_partition, letter_offset) do nothing',
  )

function deadLetterRow(record: Seen<DeadLetterTopic>) {
  const letter = record.value
  if (letter === null) return []
  return [
    {
      letter_topic: record.topic,
      letter_partition: record.partition,
      letter_offset: record.offset,
      topic: letter.topic,
      partition: letter.partition,
      offset: letter.offset,
      order_id: record.key.slice(0, longestOrderId),
      service: letter.service,
      code: letter.code,
      problems: letter.problems,
      key: letter.key?.toString('base64') ?? '',
      value: letter.value?.toString('base64') ?? '',
      recorded_at: letter.timestamp,
      at: letter.at,
      replay_id: letter.replayId,
      attempt: letter.attempt,
    },
  ]
}
