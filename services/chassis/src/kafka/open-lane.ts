import type { TopicName } from '@holdpoint/schemas'
import { ChassisError } from '../errors.ts'
import type { AnyLaneService } from '../lane/handle-batch.ts'
import { LaneState } from '../lane/lane-state.ts'
import { resolveState } from '../lane/resolve-schemas.ts'
import { nameOf } from './brokers.ts'
import type { LaneParts } from './lane-parts.ts'
import { requestsOf } from './log/chunks.ts'
import { takeOver } from './log/fence.ts'
import { JournalLog } from './log/journal-log.ts'
import {
  batchHeader,
  batchKeys,
  decodeBatch,
  decodeOpening,
  encodeOpening,
  type LaneBatch,
  type Opening,
  openingKey,
  ownKeys,
  type Positions,
} from './log/lane-batch.ts'
import type { LaneLog } from './log/lane-log.ts'
import { clocks, LaneWriter } from './log/lane-writer.ts'
import { OutputLog } from './log/output-log.ts'
import { missingOutputs, type Unsettled, unsettled, type WrittenBy } from './log/recovery.ts'
import { readPartition } from './read-partition.ts'

export interface OpenedLane {
  log: LaneLog
  state: LaneState
  /** Where to go on with each input. */
  positions: Map<string, number>
}

/**
 * Makes this process the only writer of a lane, learns from the lane's own log how far it got, and publishes what is
 * missing of its last batches. What is read is final, as nobody else can write any more.
 */
export async function openLane(
  parts: LaneParts,
  partition: number,
  signal: AbortSignal,
): Promise<OpenedLane> {
  const { service, line } = parts
  const written = writtenBy(service)
  const { brokers } = line
  const places = written.map((topic) => ({ topic, partition }))
  const transactionalId = `${service.service}-${partition}`
  const territory = { brokers, transactionalId, places, at: parts.at }
  const fencedAt = clocks()
  const identity = await takeOver(territory, signal)
  const [begins, ends] = await Promise.all([
    brokers.offsets(places, 'earliest'),
    brokers.offsets(places, 'latest'),
  ])
  const writer = new LaneWriter(line, territory, identity, { begins, ends, fencedAt, signal })
  const opened = service.state
    ? await openJournal(parts, service.state, writer, signal)
    : await openOutputs(parts, writer, written, signal)
  signal.throwIfAborted()
  return opened
}

/** Every topic that lanes of a service write to. */
export function writtenBy({ state, outputs, deadLetters }: AnyLaneService): TopicName[] {
  return [...new Set([...(state ? [state] : []), ...outputs, deadLetters])]
}

async function openJournal(
  parts: LaneParts,
  topic: TopicName,
  writer: LaneWriter,
  signal: AbortSignal,
): Promise<OpenedLane> {
  const timer = parts.metrics.restoreSeconds.startTimer()
  const { state, batches, opening } = await readJournal(writer, topic, signal)
  await resolveState(state, topic, parts.codec)
  parts.at('journal read')
  timer()
  parts.metrics.stateKeys.set({ partition: writer.partition }, state.size)
  if (opening && opening.producerId !== writer.identity.producerId)
    await writer.shutOut(topic, opening.producerId)
  await writer.write([{ topic, records: [{ key: openingKey, value: encodeOpening(writer.identity) }] }])
  parts.at('opening written')
  const [last, before] = batches
  const ids = new Set([writer.identity.producerId, ...(opening ? [opening.producerId] : [])])
  if (last) await publishMissing(parts, writer, unsettled(last, before), ids, signal)
  const known = last?.positions ?? new Map<string, number>()
  const positions = await positionsOf(parts, writer.partition, known, last === undefined && state.size > 0)
  const log = new JournalLog(topic, writer, { number: last?.number ?? 0, positions })
  return { log, state, positions }
}

/** A lane without state: the record that was published last says how far it got. */
async function openOutputs(
  parts: LaneParts,
  writer: LaneWriter,
  topics: readonly string[],
  signal: AbortSignal,
): Promise<OpenedLane> {
  const signed = await Promise.all(topics.map((topic) => lastSigned(writer, topic, signal)))
  const last = signed.filter((batch) => batch !== undefined).sort((a, b) => b.number - a.number)[0]
  const positions = await positionsOf(parts, writer.partition, last?.positions ?? new Map(), false)
  const log = new OutputLog(writer, { number: last?.number ?? 0, positions })
  return { log, state: new LaneState(), positions }
}

interface Journal {
  state: LaneState
  /** The last two at most, the newest first. */
  batches: LaneBatch[]
  opening: Opening | undefined
}

/** Everything that a journal holds as of now: nobody can add to it but the writer. */
async function readJournal(writer: LaneWriter, topic: TopicName, signal: AbortSignal): Promise<Journal> {
  const { brokers, partition } = writer
  const place = { topic, partition }
  const range = { from: writer.begins.get(topic) as number, to: writer.ends.get(topic) as number }
  const state = new LaneState()
  const batches = new Map<string, LaneBatch>()
  let opening: Opening | undefined
  for await (const { offset, key, value, unreadable } of readPartition(brokers, place, range, signal)) {
    try {
      if (unreadable) throw new Error(unreadable)
      const name = key?.toString() ?? ''
      if (!name.startsWith(ownKeys)) keep(state, name, value)
      else if (value && name === openingKey) opening = decodeOpening(value)
      else if (value && batchKeys.includes(name)) batches.set(name, decodeBatch(value))
    } catch (error) {
      throw stateUnreadable(`${nameOf(place)}, offset ${offset}`, error)
    }
  }
  return { state, batches: [...batches.values()].sort((a, b) => b.number - a.number), opening }
}

/** A copy: the message is a slice of the whole answer of the broker, which it would keep in memory. */
function keep(state: LaneState, key: string, value: Buffer | null): void {
  state.set(key, value && Buffer.from(value))
}

/** Going on without a part of the state would forget orders: the lane waits until somebody has seen to it. */
function stateUnreadable(where: string, cause: unknown): ChassisError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new ChassisError('STATE_UNREADABLE', `The state in ${where} cannot be read: ${why}`, {
    canRetry: true,
    cause,
  })
}

async function publishMissing(
  { access, service }: LaneParts,
  writer: LaneWriter,
  open: Unsettled,
  ids: WrittenBy,
  signal: AbortSignal,
): Promise<void> {
  const { partition } = writer
  const missing = await missingOutputs(writer, open, ids, signal)
  writer.at('outputs counted')
  for (const request of requestsOf(missing)) {
    await writer.write(request)
    writer.at('missing outputs written')
  }
  if (missing.length > 0)
    access.log.info(
      { partition, records: missing.length },
      `${service.service} published what its lane had committed and not published`,
    )
}

const firstLook = 64

/**
 * What the last record that a lane wrote to a topic says of the lane; undefined when there is none, or none that says, as
 * lanes of transactions did not.
 */
async function lastSigned(
  writer: LaneWriter,
  topic: string,
  signal: AbortSignal,
): Promise<LaneBatch | undefined> {
  const { brokers, partition, identity } = writer
  const place = { topic, partition }
  const begin = writer.begins.get(topic) as number
  const end = writer.ends.get(topic) as number
  // Behind it there may be any number of markers and of records of other programs.
  for (let look = firstLook, to = end; to > begin; look *= 8) {
    const from = Math.max(begin, end - look)
    let signature: Buffer | undefined
    let isOurs = false
    for await (const { headers, batchContext } of readPartition(brokers, place, { from, to }, signal)) {
      const found = headers?.[batchHeader]
      if (Buffer.isBuffer(found)) signature = found
      isOurs ||= batchContext.producerId === identity.producerId
    }
    if (signature) return decodeBatch(signature)
    if (isOurs) return undefined
    to = from
  }
  return undefined
}

/** By the lane's own log; where that says nothing, by the group's offsets, as lanes of transactions left them. */
async function positionsOf(
  { service, offsets }: LaneParts,
  partition: number,
  known: Positions,
  hadState: boolean,
): Promise<Map<string, number>> {
  return offsets.positions(service.service, service.inputs, partition, { known, hadState })
}
