import { insertRows } from '../database/rows.ts'
import { lastOfEach, type Projection, valuesOf } from './projection.ts'

/** desk.replays.v1: which dead letters were sent through their service once more, by whom and why. */
export const projectReplays: Projection<'desk.replays.v1'> = async (sql, records) => {
  await insertRows(
    sql,
    'read_model.replays',
    lastOfEach(valuesOf(records), ({ replayId }) => replayId).map((replay) => ({
      replay_id: replay.replayId,
      order_id: replay.orderId,
      letter_topic: replay.letterTopic,
      letter_partition: replay.letterPartition,
      letter_offset: replay.letterOffset,
      attempt: replay.attempt,
      by: replay.by,
      reason: replay.reason,
      at: replay.at,
    })),
    '(replay_id) do nothing',
  )
  return []
}
