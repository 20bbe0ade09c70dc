import { createHash } from 'node:crypto'
import { type Actor, deadLetterTopic, type Replay, type TopicName } from '@holdpoint/schemas'
import type { Database } from '../database/port.ts'
import type { Feed } from '../feed.ts'
import { createMutex } from '../mutex.ts'
import {
  type DeadLetterFilter,
  findDeadLetter,
  lettersToReplay,
  type WholeDeadLetter,
} from '../read/dead-letters.ts'
import type { RecordPlace, ReplayView } from '../read/replays.ts'
import type { Outbox } from './outbox.ts'

const topic = 'desk.replays.v1'

/** How long to wait until the read model shows what was sent. */
const shownWithinMs = 2_000

/** So many dead letters of a code are sent at once; who asks again sends the next. */
const mostAtOnce = 200

interface Asked {
  by: Actor
  reason: string
}

export type ReplayAnswer =
  | { kind: 'sent'; replays: Replay[]; notSent: NotSent[]; left: number }
  | { kind: 'unknownLetter' }
  | { kind: 'replayedBefore'; replay: ReplayView }
  | ({ kind: 'cannot' } & NotSent)
  | { kind: 'notReady' }
  | { kind: 'away' }
  | { kind: 'unknown' }

/** A dead letter that no service could take. */
export interface NotSent {
  letter: RecordPlace
  why: string
}

export interface Replays {
  /** One dead letter, by its own place or that of its record; `again` also when it was replayed before. */
  one(place: RecordPlace, asked: Asked & { again: boolean }): Promise<ReplayAnswer>
  /** Those of a code that nobody has replayed yet, oldest first. */
  all(filter: DeadLetterFilter, asked: Asked): Promise<ReplayAnswer>
}

export interface ReplaysNeed {
  database: Database
  outbox: Outbox
  feed: Feed
  now: () => number
  caughtUp: () => boolean
  /** The order that a record is about; undefined when its bytes do not say. */
  orderIdIn: (topic: string, value: Buffer) => Promise<string | undefined>
}

/** Sends dead letters through their services once more, one request at a time, so that none is sent twice. */
export function createReplays(need: ReplaysNeed): Replays {
  const { database, caughtUp } = need
  const oneAtATime = createMutex()
  return {
    one: (place, { again, ...asked }) =>
      oneAtATime(async () => {
        if (!caughtUp()) return { kind: 'notReady' }
        const letter = await findDeadLetter(database, place.topic, place.partition, place.offset)
        if (!letter) return { kind: 'unknownLetter' }
        if (letter.replay && !again) return { kind: 'replayedBefore', replay: letter.replay }
        const made = await replayOf(need, letter, (letter.replay?.attempt ?? letter.attempt) + 1, asked)
        return 'why' in made ? { kind: 'cannot', ...made } : send(need, [made], [], 0)
      }),
    all: (filter, asked) =>
      oneAtATime(async () => {
        if (!caughtUp()) return { kind: 'notReady' }
        const { letters, total } = await lettersToReplay(database, filter, mostAtOnce)
        const made = await Promise.all(letters.map((one) => replayOf(need, one, one.attempt + 1, asked)))
        const replays = made.filter((one): one is Replay => !('why' in one))
        const notSent = made.filter((one): one is NotSent => 'why' in one)
        return send(need, replays, notSent, total - letters.length)
      }),
  }
}

async function send(
  { outbox, feed }: ReplaysNeed,
  replays: Replay[],
  notSent: NotSent[],
  left: number,
): Promise<ReplayAnswer> {
  const last = replays.at(-1)
  if (!last) return { kind: 'sent', replays, notSent, left }
  const shown = replays.map(({ replayId }) =>
    feed.next(topic, ({ value }) => value?.replayId === replayId, shownWithinMs),
  )
  const sent = await outbox.send(
    topic,
    replays.map((replay) => ({ key: replay.orderId, value: replay })),
  )
  if (sent !== 'sent') {
    for (const { cancel } of shown) cancel()
    return { kind: sent }
  }
  await Promise.all(shown.map(({ found }) => found))
  return { kind: 'sent', replays, notSent, left }
}

async function replayOf(
  { now, orderIdIn }: ReplaysNeed,
  dead: WholeDeadLetter,
  attempt: number,
  asked: Asked,
): Promise<Replay | NotSent> {
  const { letter, service, code, topic: from, partition, offset, timestamp } = dead
  if (!isReplayed(service))
    return {
      letter,
      why: `${service} goes on without a record that it cannot take: there is nothing to replay.`,
    }
  const [key, value] = [Buffer.from(dead.key, 'base64'), Buffer.from(dead.value, 'base64')]
  const orderId = (await orderIdIn(from, value)) ?? key.toString('utf8')
  if (orderId === '')
    return { letter, why: 'The record says neither by its key nor in its bytes which order it is about.' }
  return {
    ...{ orderId, service, code, topic: from, partition, offset, attempt, key, value, ...asked },
    replayId: replayId(letter, attempt),
    letterTopic: letter.topic,
    letterPartition: letter.partition,
    letterOffset: letter.offset,
    timestamp: Date.parse(timestamp),
    at: now(),
  }
}

const replayed = new Set<string>(Object.keys(deadLetterTopic).filter((service) => service !== 'audit'))
const isReplayed = (service: string): boolean => replayed.has(service)

/** The same for the same attempt, so that one of which Kafka did not say whether it has it can be sent again. */
function replayId(letter: RecordPlace, attempt: number): string {
  return createHash('sha256')
    .update(JSON.stringify([letter.topic, letter.partition, letter.offset, attempt]))
    .digest('hex')
}

/** Tells the order of a record with the schemas of the registry; undefined for bytes that it cannot read. */
export function orderIdReader(codec: {
  resolve(topic: TopicName, bytes: Buffer): Promise<void>
  decode(topic: TopicName, bytes: Buffer): unknown
}): ReplaysNeed['orderIdIn'] {
  return async (from, value) => {
    try {
      await codec.resolve(from as TopicName, value)
      const { orderId } = codec.decode(from as TopicName, value) as { orderId?: unknown }
      return typeof orderId === 'string' && orderId !== '' ? orderId : undefined
    } catch {
      return undefined
    }
  }
}
