import type { CaseClock, CaseEvent, Question } from '@holdpoint/schemas'
import type { Sql } from '../database/port.ts'
import { textForSql } from '../database/rows.ts'
import { iso, isoOrNull } from './instant.ts'

type By = 'case_id' | 'order_id' | 'command_id'

/** Events of a case, an order or a command, oldest first. */
export async function eventsBy(sql: Sql, by: By, id: string): Promise<CaseEvent[]> {
  const rows = await sql.query<{ event: CaseEvent }>(
    `select event from read_model.case_events where ${by} = $1 and ${by} <> '' order by sequence`,
    [textForSql(id)],
  )
  return rows.map((row) => row.event)
}

/** As the API shows it. */
export function eventView(event: CaseEvent) {
  const { notice, clock, question } = event
  return {
    ...event,
    at: iso(event.at),
    notice: notice && { ...notice, retryAt: isoOrNull(notice.retryAt) },
    clock: clock && clockView(clock),
    question: question && questionView(question),
  }
}

export function questionView(question: Question) {
  return { ...question, answerBy: iso(question.answerBy) }
}

function clockView(clock: CaseClock) {
  return {
    ...clock,
    startedAt: iso(clock.startedAt),
    deadline: isoOrNull(clock.deadline),
    remindAt: isoOrNull(clock.remindAt),
    pauses: clock.pauses.map(({ from, to }) => ({ from: iso(from), to: isoOrNull(to) })),
  }
}
