import type { CaseEvent, Decision, Instant } from '@holdpoint/schemas'
import type { Sql } from '../database/port.ts'
import { textForSql } from '../database/rows.ts'
import type {
  Place,
  StoryRecords,
  ToldDecision,
  ToldEvent,
  ToldOutcome,
  ToldRequest,
  ToldRevision,
} from '../story/records.ts'

type Read = Pick<StoryRecords, 'revisions' | 'events' | 'decisions' | 'requests' | 'outcomes'>

/** The records of one order with where each lies, every part in order. */
export async function storyRecords(sql: Sql, orderId: string): Promise<Read> {
  const of = <Row>(columns: string, table: string, order: string) =>
    sql.query<Row & { place: Place }>(
      `select ${columns}, place from read_model.${table} where order_id = $1 order by ${order}`,
      [textForSql(orderId)],
    )
  const [revisions, events, decisions, requests, outcomes] = await Promise.all([
    of<ToldRevision>('revision, at, cause, changes', 'revisions', 'revision'),
    of<{ event: CaseEvent }>('event', 'case_events', 'sequence'),
    of<{ decision: Omit<Decision, 'order'> }>('decision', 'decisions', 'sequence'),
    of<RequestRow>('notice_id, attempt, case_ids, told, at', 'notice_requests', 'at, notice_id, attempt'),
    of<OutcomeRow>('notice_id, attempt, status, permanent, detail, at', 'notices', 'at, notice_id, attempt'),
  ])
  return {
    revisions,
    events: events satisfies ToldEvent[],
    decisions: decisions satisfies ToldDecision[],
    requests: requests.map(({ notice_id, case_ids, told, ...row }) => ({
      ...row,
      ...told,
      noticeId: notice_id,
      caseIds: case_ids,
    })),
    outcomes: outcomes.map(({ notice_id, ...row }) => ({ ...row, noticeId: notice_id })),
  }
}

interface RequestRow {
  notice_id: string
  attempt: number
  case_ids: string[]
  told: Omit<ToldRequest, 'noticeId' | 'attempt' | 'caseIds' | 'at' | 'place'>
  at: Instant
}

type OutcomeRow = Omit<ToldOutcome, 'noticeId' | 'place'> & { notice_id: string }
