import { type TopicName, Undecodable } from '@holdpoint/schemas'
import { deadLetter, done as nothingToDo } from '../outcomes.ts'
import type {
  DeadLetterCode,
  Lane,
  LaneRecord,
  LaneService,
  Outcome,
  Outgoing,
  Problem,
  Wait,
} from '../port.ts'
import type { Ahead } from './ahead.ts'
import { deadLetterKey, deadLetterOf } from './dead-letters.ts'
import { forbidden } from './forbidden.ts'
import type { LaneCodec } from './lane-codec.ts'
import { type LaneState, Overlay } from './lane-state.ts'
import { misplaced, type Partitions } from './misplaced.ts'
import { type EncodedRecord, encodeOutgoing, encodeValue, sizeOf } from './outgoing.ts'
import { longestWaitMs, type Patience } from './patience.ts'
import type { Received } from './received.ts'

export type AnyLaneService = LaneService<TopicName, TopicName>
export type LaneInput = LaneRecord & Received

export interface BatchContext {
  service: AnyLaneService
  partition: number
  partitions: Partitions
  state: LaneState
  codec: LaneCodec
  patience: Patience
  /** Where the handler's calls lie that were begun before their turn, for a service that handles side by side. */
  ahead?: Ahead | undefined
  /** Wall clock of the batch, milliseconds UTC. */
  now: number
  /** The same instant on a clock that nobody sets, milliseconds. */
  steadyNow: number
}

/** What is to be written for a batch, all of it or nothing, and how far the batch got. */
export interface HandledBatch {
  /** So many records, from the first on, are dealt with. */
  handled: number
  publish: EncodedRecord[]
  /** How many are to be published once each of the handled records is done. */
  published: number[]
  overlay: Overlay
  deadLettered: { record: LaneInput; code: DeadLetterCode; problems: readonly Problem[] }[]
  /** The lane waits, then hands over the next record again. */
  wait?: Wait
  /** So many of the next records are to be handled one at a time, to find the one that made a handler throw. */
  oneByOne: number
}

/** A batch ends early after this much handling or output, so that no record waits long and no write is huge. */
const maxBatchMs = 250
const maxBatchBytes = 4_000_000

/** How long a batch waits for a call that was begun ahead, before it ends with what it has and newer records are begun. */
const longestLookMs = 50

/**
 * Hands records to the service one after the other and gathers what it wants done. Changes nothing by itself:
 * the caller publishes, merges the overlay and commits, or drops it all.
 *
 * A record whose handler throws is handled again alone; when it throws again it becomes a dead letter. Rejects only
 * when a record could not be decoded through no fault of its own.
 */
export function handleBatch(context: BatchContext, records: readonly LaneInput[]): Promise<HandledBatch> {
  return handle(context, records, false)
}

/** `again`: the one record was handled before, and its handler threw. */
async function handle(
  context: BatchContext,
  records: readonly LaneInput[],
  again: boolean,
): Promise<HandledBatch> {
  const batch = newBatch(context)
  const lane = laneOf(context, batch.overlay)
  const wait = context.service.beforeBatch?.(lane)
  if (wait) return { ...batch, wait }
  const done = await handleEach(context, batch, lane, records, again)
  if (done === 'alone') return handle(context, records.slice(0, 1), true)
  return closeBatch(context, batch, lane, records, done)
}

/** Gives the records that were done, or `alone` when the first one has to be handled again by itself. */
async function handleEach(
  context: BatchContext,
  batch: HandledBatch,
  lane: Lane<TopicName>,
  records: readonly LaneInput[],
  again: boolean,
): Promise<LaneInput[] | 'alone'> {
  const done: LaneInput[] = []
  const until = performance.now() + maxBatchMs
  let bytes = 0
  const { ahead } = context
  ahead?.open(records, (record) => (refusalOf(context, record) ? nothingToDo() : ask(context, lane, record)))
  for (const record of records) {
    if (ahead && !again && !(await ahead.hasEnded(record, longestLookMs))) break
    const result = await handleOne(context, batch, lane, record)
    if (result.kind === 'failed' || result.kind === 'retryLater') ahead?.drop(record)
    if (result.kind === 'failed') {
      if (!again && batch.handled === 0) return 'alone'
      if (!again) {
        batch.oneByOne = 1
        break
      }
      addDeadLetter(context, batch, record, 'HANDLER_FAILED', problemOf(result.error))
    } else if (result.kind === 'retryLater') {
      if (!isOver(context, result, record)) {
        batch.wait = result
        break
      }
      addDeadLetter(context, batch, record, 'INVALID', waitedInVain(result))
    } else if (result.kind === 'done') done.push(record)
    batch.handled++
    batch.published.push(batch.publish.length)
    if (!context.service.closeBatch) record.forget()
    bytes += result.kind === 'done' ? result.bytes : 0
    if (bytes > maxBatchBytes || performance.now() > until) break
  }
  return done
}

type Result =
  | { kind: 'done'; bytes: number }
  | { kind: 'deadLetter' }
  | ({ kind: 'retryLater' } & Wait)
  | { kind: 'failed'; error: unknown }

function isOver({ patience, steadyNow }: BatchContext, { endless }: Wait, record: LaneInput): boolean {
  return !endless && patience.isSpent(record, steadyNow)
}

function waitedInVain({ why }: Wait): Problem[] {
  const message = `${why} It was waited for ${longestWaitMs / 1000} seconds in vain: replay the record once it is there.`
  return [{ path: '', message }]
}

async function handleOne(
  context: BatchContext,
  batch: HandledBatch,
  lane: Lane<TopicName>,
  record: LaneInput,
): Promise<Result> {
  const asked = context.ahead?.take(record)
  const refusal = refusalOf(context, record)
  if (refusal) {
    addDeadLetter(context, batch, record, refusal.code, refusal.problems)
    return { kind: 'deadLetter' }
  }
  try {
    return carryOut(context, batch, record, await (asked ? asked.outcome : ask(context, lane, record)))
  } catch (error) {
    batch.overlay.forgetDecoded()
    const { fault, failure } = asked?.record ?? record
    if (fault !== undefined) throw fault
    if (failure === undefined) return { kind: 'failed', error }
    addDeadLetter(context, batch, record, 'UNDECODABLE', problemOf(failure))
    return { kind: 'deadLetter' }
  }
}

function ask({ service }: BatchContext, lane: Lane<TopicName>, record: LaneInput) {
  const problem = service.takesAll ? undefined : forbidden(record)
  return problem ? deadLetter('INVALID', [problem]) : service.handle(record, lane)
}

/** What keeps a record from being handed to the service at all. */
function refusalOf({ service, partitions }: BatchContext, record: LaneInput) {
  if (service.takesAll) return undefined
  const wrongLane = misplaced(record, partitions)
  if (wrongLane) return { code: 'INVALID', problems: [wrongLane] } as const
  if (record.failure?.code !== 'UNREADABLE_BATCH') return undefined
  return { code: 'UNDECODABLE', problems: problemOf(record.failure) } as const
}

function carryOut(
  context: BatchContext,
  batch: HandledBatch,
  record: LaneInput,
  outcome: Outcome<TopicName>,
): Result {
  switch (outcome.kind) {
    case 'done':
      return { kind: 'done', bytes: addDone(context, batch, outcome) }
    case 'deadLetter':
      addDeadLetter(context, batch, record, outcome.code, outcome.problems)
      return { kind: 'deadLetter' }
    case 'retryLater':
      return outcome
    default:
      throw new Error(`The handler gave no outcome but ${JSON.stringify(outcome satisfies never)}.`)
  }
}

/** All of an outcome is added, or nothing when a part cannot be encoded. Gives its size in bytes. */
export function addDone(
  context: BatchContext,
  batch: HandledBatch,
  outcome: Outcome<TopicName> & { kind: 'done' },
): number {
  const encoded = outcome.publish.map((record) => encodeDeclared(record, context))
  const change = encodeChange(context, outcome)
  let bytes = change?.bytes?.length ?? 0
  for (const record of encoded) {
    batch.publish.push(record)
    bytes += sizeOf(record)
  }
  if (change) batch.overlay.set(change.key, change.bytes)
  return bytes
}

function encodeDeclared(record: Outgoing, { service, codec }: BatchContext): EncodedRecord {
  if (service.outputs.includes(record.topic)) return encodeOutgoing(record, codec)
  throw new Error(`${service.service} publishes to ${record.topic}, which is not one of its outputs.`)
}

function encodeChange({ service, codec }: BatchContext, { state }: Outcome<TopicName> & { kind: 'done' }) {
  if (!state) return undefined
  if (!service.state) throw new Error(`${service.service} keeps state but names no topic for it.`)
  return { key: state.key, bytes: encodeValue(service.state, state.key, state.value, codec) }
}

function addDeadLetter(
  { service, codec, now }: BatchContext,
  batch: HandledBatch,
  record: LaneInput,
  code: DeadLetterCode,
  problems: readonly Problem[],
): void {
  const letter = deadLetterOf(record, service.service, code, problems, now)
  const value = codec.encode(service.deadLetters, letter)
  batch.publish.push({ topic: service.deadLetters, key: deadLetterKey(record.keyBytes), value })
  batch.deadLettered.push({ record, code, problems })
}

async function closeBatch(
  context: BatchContext,
  batch: HandledBatch,
  lane: Lane<TopicName>,
  records: readonly LaneInput[],
  done: readonly LaneInput[],
): Promise<HandledBatch> {
  const [first] = records
  if (!context.service.closeBatch || done.length === 0 || !first) return batch
  try {
    const outcome = context.service.closeBatch(done, lane)
    if (outcome.kind === 'deadLetter') throw new Error(outcome.problems.map((p) => p.message).join(' '))
    if (outcome.kind === 'retryLater') return { ...newBatch(context), wait: outcome }
    addDone(context, batch, outcome)
    return batch
  } catch (error) {
    const fault = done.find((record) => record.fault !== undefined)?.fault
    if (fault !== undefined) throw fault
    return isolate(context, records.slice(0, batch.handled), first, error)
  }
}

/** Closing the batch failed: its records are handled one at a time, and the one that fails alone is a dead letter. */
async function isolate(
  context: BatchContext,
  records: readonly LaneInput[],
  first: LaneInput,
  error: unknown,
): Promise<HandledBatch> {
  if (records.length > 1) {
    const alone = await handleBatch(context, [first])
    return { ...alone, oneByOne: records.length - alone.handled }
  }
  const batch = newBatch(context)
  const code = first.failure === undefined ? 'HANDLER_FAILED' : 'UNDECODABLE'
  addDeadLetter(context, batch, first, code, problemOf(first.failure ?? error))
  batch.handled = 1
  return batch
}

export function newBatch({ state, service, codec }: BatchContext): HandledBatch {
  const overlay = new Overlay(state, service.state, codec)
  return { handled: 0, publish: [], published: [], overlay, deadLettered: [], oneByOne: 0 }
}

export function laneOf({ partition, now }: BatchContext, overlay: Overlay): Lane<TopicName> {
  return { partition, now, get: (key) => overlay.get(key) as ReturnType<Lane<TopicName>['get']> }
}

function problemOf(error: unknown): readonly Problem[] {
  if (error instanceof Undecodable) return error.problems
  return [{ path: '', message: error instanceof Error ? error.message : String(error) }]
}
