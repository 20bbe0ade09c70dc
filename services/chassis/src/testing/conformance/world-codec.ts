import type { TopicName } from '@holdpoint/schemas'
import type { LaneCodec } from '../../lane/lane-codec.ts'
import type { WorldTopics } from './world.ts'

/** What each throw-away topic holds: the part of its name behind the last dot tells. */
export const schemaOf = {
  input: 'timers.schedule.v1',
  other: 'timers.fired.v1',
  output: 'timers.schedule.v1',
  state: 'audit.state.v1',
  'dead-letters': 'router.dlq.v1',
} as const satisfies Record<string, WorldTopics[keyof WorldTopics]>

/** A codec for throw-away topics. */
export function worldCodec(codec: LaneCodec): LaneCodec {
  return {
    encode: (topic, value) => codec.encode(standsFor(topic), value),
    decode: (topic, bytes) => codec.decode(standsFor(topic), bytes),
    isResolved: (topic, bytes) => codec.isResolved(standsFor(topic), bytes),
    resolve: (topic, bytes) => codec.resolve(standsFor(topic), bytes),
  }
}

/** Full names of the topics of the world with this id. */
export function worldTopics(id: string): WorldTopics {
  const named = <Name extends string>(name: string) => `${id}.${name}` as Name
  return {
    input: named('input'),
    other: named('other'),
    output: named('output'),
    state: named('state'),
    deadLetters: named('dead-letters'),
  }
}

function standsFor(topic: TopicName): TopicName {
  const name = topic.slice(topic.lastIndexOf('.') + 1)
  return schemaOf[name as keyof typeof schemaOf] ?? topic
}
