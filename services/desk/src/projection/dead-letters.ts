import type { deadLetterTopic } from '@holdpoint/schemas'
import { insertRows } from '../database/rows.ts'
import type { Projection, Seen } from './projection.ts'

export type DeadLetterTopic = (typeof deadLetterTopic)[keyof typeof deadLetterTopic]

/** Longest order id that a dead letter is found by: its key may be any bytes at all. */
const longestOrderId = 200

/** The dead-letter topics: every record that a service could not process, with its original bytes in base64. */
export const projectDeadLetters: Projection<DeadLetterTopic> = (sql, records) =>
  insertRows(
    sql,
    'read_model.dead_letters',
    records.flatMap(deadLetterRow),
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
