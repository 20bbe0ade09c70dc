import {
  catalogue,
  RegistryAway,
  type Replay,
  type ServiceName,
  type Topic,
  type TopicName,
  Undecodable,
} from '@holdpoint/schemas'
import { deadLetter, done, retryLater } from '../outcomes.ts'
import type { Lane, LaneRecord, LaneService, Outcome } from '../port.ts'
import { forbidden } from './forbidden.ts'
import type { LaneCodec } from './lane-codec.ts'
import { laneRecord, type Received } from './received.ts'

export const replaysTopic = 'desk.replays.v1'

type AnyService = LaneService<TopicName, TopicName>

const registryPauseMs = 1_000

/**
 * The service, which also takes replays of its own dead letters: the original bytes are decoded as a record of their
 * topic and handled as if they came from it, in the lane of the replay. What cannot be handled is a dead letter again.
 * A service that does not read replays, or reads them as what they are, stays as it is.
 */
export function withReplays(service: AnyService, codec: LaneCodec): AnyService {
  const { readers }: Topic = catalogue[replaysTopic]
  if (!readers.includes(service.service) || service.inputs.includes(replaysTopic)) return service
  return {
    ...service,
    inputs: [...service.inputs, replaysTopic],
    handle: (record, lane) =>
      record.topic === replaysTopic
        ? handleReplay(service, codec, record, lane)
        : service.handle(record, lane),
  }
}

async function handleReplay(
  service: AnyService,
  codec: LaneCodec,
  record: LaneRecord<typeof replaysTopic>,
  lane: Lane<TopicName>,
): Promise<Outcome<TopicName>> {
  const replay = record.value
  if (replay === null) return deadLetter('INVALID', [{ path: '', message: 'has no value: replays stay.' }])
  if (replay.service !== service.service) return done()
  const topic = service.inputs.find((input) => input === replay.topic)
  if (topic === undefined) return deadLetter('INVALID', [foreignTopic(service.service, replay)])
  return handleOriginal(service, originalOf(replay, topic, record, codec), codec, lane)
}

async function handleOriginal(
  service: AnyService,
  original: LaneRecord & Received,
  codec: LaneCodec,
  lane: Lane<TopicName>,
): Promise<Outcome<TopicName>> {
  const { topic, valueBytes } = original
  try {
    if (valueBytes && !codec.isResolved(topic, valueBytes)) await codec.resolve(topic, valueBytes)
    const problem = forbidden(original)
    return problem ? deadLetter('INVALID', [problem]) : await service.handle(original, lane)
  } catch (error) {
    const failure = error instanceof Undecodable ? error : original.failure
    if (failure) return deadLetter('UNDECODABLE', [{ path: '', message: failure.message }])
    if (error instanceof RegistryAway)
      return retryLater(`The schema registry cannot be asked: ${error.message}`, registryPauseMs, {
        endless: true,
      })
    throw error
  }
}

/** The record as it was, but in this lane and under the key of the replay: that is where its order lies. */
function originalOf(
  { offset, timestamp, value }: Replay,
  topic: TopicName,
  { partition, keyBytes }: LaneRecord,
  codec: LaneCodec,
): LaneRecord & Received {
  return laneRecord({ topic, partition, offset, timestamp, key: keyBytes, value }, codec)
}

function foreignTopic(service: ServiceName, { topic }: Replay) {
  return { path: 'topic', message: `is "${topic}", which ${service} does not read.` }
}

/** A record as its dead letter shows it: what was replayed stands for itself, with the replay that brought it. */
export function shownInDeadLetter(record: LaneRecord) {
  const { topic, partition, offset, timestamp, keyBytes: key, valueBytes: value } = record
  const itself = { topic, partition, offset, timestamp, key, value, replayId: '', attempt: 0 }
  const replay = topic === replaysTopic ? readable(record) : undefined
  if (!replay) return itself
  return {
    topic: replay.topic,
    partition: replay.partition,
    offset: replay.offset,
    timestamp: replay.timestamp,
    key: replay.key,
    value: replay.value,
    replayId: replay.replayId,
    attempt: replay.attempt,
  }
}

function readable(record: LaneRecord): Replay | undefined {
  try {
    return (record.value as Replay | null) ?? undefined
  } catch {
    return undefined
  }
}
