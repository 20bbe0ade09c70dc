import { createHash } from 'node:crypto'
import {
  type CaseEvent,
  type Command,
  type Correction,
  type ValueProblem,
  valueProblems,
} from '@holdpoint/schemas'
import type { Database } from '../database/port.ts'
import { jsonForSql } from '../database/rows.ts'
import type { Feed } from '../feed.ts'
import { eventsBy } from '../read/case-events.ts'
import { findCase } from '../read/cases.ts'
import { findOrder } from '../read/orders.ts'
import { rosterInForce } from '../read/versions.ts'
import { withOutcome } from './correction-outcome.ts'
import type { Outbox } from './outbox.ts'

/** How long a person waits for the router's answer before being told that it is pending. */
const answerWithinMs = 2_000

/** What every command says. `commandId`: the same id gives the same answer. `channel`: console, cli or api. */
type Asked = Pick<Command, 'commandId' | 'actor' | 'reason' | 'channel'> & { corrections?: Correction[] }

export interface ActionRequest
  extends Asked,
    Pick<Command, 'caseId' | 'action' | 'digest'>,
    Partial<Pick<Command, 'to' | 'within' | 'wholeOrder' | 'forCustomer'>> {}

export interface RaiseRequest
  extends Asked,
    Pick<Command, 'orderId' | 'type'>,
    Partial<Pick<Command, 'holds' | 'recall'>> {}

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
  /** Opens a case by hand. */
  raise(request: RaiseRequest): Promise<ActionAnswer>
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
  const answered = async (commandId: string, withinMs = 0) => {
    const answer = answerIn(await eventsBy(database, 'command_id', commandId))
    if (answer?.kind !== 'done') return answer
    return { ...answer, events: await withOutcome({ database, feed }, answer.events, withinMs) }
  }
  const stamped = async (command: Omit<Command, 'rosterVersion' | 'at'>): Promise<Command> => ({
    ...command,
    rosterVersion: await rosterInForce(database),
    at: now(),
  })
  const carry = async (command: Command): Promise<ActionAnswer> => {
    const problems = await unfitValues(database, command)
    if (problems.length > 0) return { kind: 'unfit', problems }
    if (!(await reserve(database, command))) return { kind: 'keyReused' }
    const { found: reply, cancel } = feed.next(
      'cases.events.v1',
      ({ value }) => value?.commandId === command.commandId,
      answerWithinMs,
    )
    try {
      const before = await answered(command.commandId)
      if (before) return before
      if (!(await wasSent(database, command))) {
        const sent = await outbox.send('desk.commands.v1', [{ key: command.orderId, value: command }])
        if (sent === 'away') await release(database, command)
        if (sent !== 'sent') return { kind: sent }
        await markSent(database, command)
      }
      await reply
      return (await answered(command.commandId, answerWithinMs)) ?? { kind: 'pending' }
    } finally {
      cancel()
    }
  }
  return {
    act: async (request) => {
      const found = await findCase(database, request.caseId)
      if (!found) return { kind: 'unknownCase' }
      return carry(await stamped({ ...nothing, ...request, orderId: found.order_id }))
    },
    raise: async (request) => carry(await stamped({ ...nothing, ...request, action: 'RAISE' })),
    answer: async (commandId) => {
      if (!(await isKnown(database, commandId))) return { kind: 'unknownCommand' }
      return (await answered(commandId)) ?? { kind: 'pending' }
    },
  }
}

/** What a command leaves out. */
const nothing = {
  ...{ caseId: '', digest: '', corrections: [], type: '', to: '', within: '', wholeOrder: false },
  forCustomer: '',
  ...{ holds: [], recall: false },
}

/** What the router's events say about their command: the first is the answer. Undefined while there is none. */
export function answerIn(events: readonly CaseEvent[]): ActionAnswer | undefined {
  const [first] = events
  if (!first) return undefined
  if (first.refused) return { kind: 'refused', code: first.refused.code, message: first.refused.message }
  return { kind: 'done', caseId: first.caseId, events: [...events] }
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
  return (await knownOf(database, [commandId])).has(commandId)
}

/** Which of these ids have been taken for a command, answered or not. */
export async function knownOf(database: Database, commandIds: readonly string[]): Promise<Set<string>> {
  if (commandIds.length === 0) return new Set()
  const rows = await database.query<{ command_id: string }>(
    'select command_id from desk.commands where command_id in (select json_array_elements_text($1::json))',
    [jsonForSql(commandIds)],
  )
  return new Set(rows.map(({ command_id }) => command_id))
}

/** Kafka has it: sent once more, the router would refuse the second of the two for everybody to read. */
async function wasSent(database: Database, { commandId }: Command): Promise<boolean> {
  const rows = await database.query(
    'select 1 from desk.commands where command_id = $1 and sent_at is not null',
    [commandId],
  )
  return rows.length > 0
}

async function markSent(database: Database, command: Command): Promise<void> {
  await reserve(database, command)
  await database.query('update desk.commands set sent_at = $2 where command_id = $1', [
    command.commandId,
    command.at,
  ])
}

/** Nothing was sent: the id is free again, and whoever asks for the command hears that there is none. */
async function release(database: Database, { commandId }: Command): Promise<void> {
  await database.query('delete from desk.commands where command_id = $1 and sent_at is null', [commandId])
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

/**
 * The same for the same thing asked by the same person; roles and channel may differ. Those of the last 90 days are
 * kept: what a command did not have then may be part of it only where it is said.
 */
function fingerprintOf(command: Command): string {
  const { orderId, caseId, action, actor, reason, digest, corrections, type, to, within, wholeOrder } =
    command
  const held = command.holds.length > 0 || command.recall ? [command.holds, command.recall] : []
  const asked = [caseId, action, actor.subject, reason, digest, corrections]
  const told = command.forCustomer === '' ? [] : [command.forCustomer]
  const more = caseId === '' ? [orderId, type, ...held] : [to, within, wholeOrder, ...told]
  return createHash('sha256')
    .update(jsonForSql(more.some(Boolean) ? [...asked, ...more] : asked))
    .digest('hex')
}
