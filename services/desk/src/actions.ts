import { createHash } from 'node:crypto'
import {
  type Action,
  type Actor,
  type CaseEvent,
  type Command,
  type Correction,
  type ValueProblem,
  valueProblems,
} from '@holdpoint/schemas'
import type { Database } from './database/port.ts'
import { jsonForSql } from './database/rows.ts'
import type { Feed } from './feed.ts'
import type { Outbox } from './outbox.ts'
import { eventsBy } from './read/case-events.ts'
import { findCase } from './read/cases.ts'
import { findOrder } from './read/orders.ts'

/** How long a person waits for the router's answer before being told that it is pending. */
const answerWithinMs = 2_000

export interface ActionRequest {
  /** The same id gives the same answer. */
  commandId: string
  caseId: string
  action: Action
  actor: Actor
  reason: string
  /** Digest of the order as it was displayed. */
  digest: string
  corrections: Correction[]
  /** Where the person acted: console, cli or api. */
  channel: string
}

export type ActionAnswer =
  /** The router carried it out. */
  | { kind: 'done'; caseId: string; events: CaseEvent[] }
  /** The router said no. */
  | { kind: 'refused'; code: string; message: string }
  /** The command is in the topic; the router has not answered yet. */
  | { kind: 'pending' }
  | { kind: 'unknownCase' }
  | { kind: 'unknownCommand' }
  /** The order cannot take these values: nothing was sent. */
  | { kind: 'unfit'; problems: ValueProblem[] }
  /** The id belongs to another command. */
  | { kind: 'keyReused' }
  /** Kafka was not reached: nothing was sent. */
  | { kind: 'away' }
  /** Kafka did not say whether it has the command; the same id may be sent again. */
  | { kind: 'unknown' }

export interface Actions {
  act(request: ActionRequest): Promise<ActionAnswer>
  /** The answer to a command that was sent earlier. */
  answer(commandId: string): Promise<ActionAnswer>
}

export interface ActionsNeed {
  database: Database
  outbox: Outbox
  feed: Feed
  now: () => number
}

export function createActions({ database, outbox, feed, now }: ActionsNeed): Actions {
  const answered = async (commandId: string) => answerIn(await eventsBy(database, 'command_id', commandId))
  return {
    act: async (request) => {
      const found = await findCase(database, request.caseId)
      if (!found) return { kind: 'unknownCase' }
      const command = commandOf(request, found.order_id, now())
      const problems = await unfitValues(database, command)
      if (problems.length > 0) return { kind: 'unfit', problems }
      if (!(await reserve(database, command))) return { kind: 'keyReused' }
      const { found: reply, cancel } = feed.next(
        'cases.events.v1',
        ({ value }) =>
          value !== null && value.commandId === command.commandId && answerIn([value]) !== undefined,
        answerWithinMs,
      )
      try {
        const before = await answered(command.commandId)
        if (before) return before
        const sent = await outbox.send('desk.commands.v1', [{ key: command.orderId, value: command }])
        if (sent !== 'sent') return { kind: sent }
        await reply
        return (await answered(command.commandId)) ?? { kind: 'pending' }
      } finally {
        cancel()
      }
    },
    answer: async (commandId) => {
      if (!(await isKnown(database, commandId))) return { kind: 'unknownCommand' }
      return (await answered(commandId)) ?? { kind: 'pending' }
    },
  }
}

/** What the router's events say about their command; undefined while they say nothing. */
export function answerIn(events: readonly CaseEvent[]): ActionAnswer | undefined {
  for (const event of events) {
    if (event.refused) return { kind: 'refused', code: event.refused.code, message: event.refused.message }
    if (event.closed) return { kind: 'done', caseId: event.caseId, events: [...events] }
  }
  return undefined
}

function commandOf({ caseId, ...request }: ActionRequest, orderId: string, at: number): Command {
  return { ...request, orderId, caseId, at }
}

/** What the router would refuse whatever else it knows. A command that was sent before has its answer already. */
async function unfitValues(
  database: Database,
  { commandId, orderId, corrections }: Command,
): Promise<ValueProblem[]> {
  if (corrections.length === 0) return []
  const order = await findOrder(database, orderId)
  const problems = order ? valueProblems(order.record.order, corrections) : []
  return problems.length > 0 && (await isKnown(database, commandId)) ? [] : problems
}

async function isKnown(database: Database, commandId: string): Promise<boolean> {
  const rows = await database.query('select 1 from desk.commands where command_id = $1', [commandId])
  return rows.length > 0
}

/** Takes the command's id for it; false when the id was taken for something else. */
async function reserve(database: Database, command: Command): Promise<boolean> {
  const fingerprint = fingerprintOf(command)
  const [row] = await database.query<{ fingerprint: string }>(
    `insert into desk.commands (command_id, case_id, order_id, subject, fingerprint, at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (command_id) do update set command_id = excluded.command_id
     returning fingerprint`,
    [command.commandId, command.caseId, command.orderId, command.actor.subject, fingerprint, command.at],
  )
  return row?.fingerprint === fingerprint
}

/** The same for the same thing asked by the same person; roles and channel may differ. */
function fingerprintOf({ caseId, action, actor, reason, digest, corrections }: Command): string {
  const asked = [caseId, action, actor.subject, reason, digest, corrections]
  return createHash('sha256').update(jsonForSql(asked)).digest('hex')
}
