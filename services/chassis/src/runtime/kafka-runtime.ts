import { type Codec, catalogue, RegistryAway, type TopicName, topicNames } from '@holdpoint/schemas'
import { backOffMs, pauseFor } from '../kafka/back-off.ts'
import { followTable } from '../kafka/follow-table.ts'
import { Follower, type FollowerParts } from '../kafka/follower.ts'
import type { KafkaAccess } from '../kafka/kafka-access.ts'
import { LaneOffsets } from '../kafka/lane-offsets.ts'
import { KafkaPublisher } from '../kafka/publisher.ts'
import { readLanes } from '../kafka/read-lanes.ts'
import { requireTopics } from '../kafka/require-topics.ts'
import { runLanes } from '../kafka/run-lanes.ts'
import type { AnyLaneService } from '../lane/handle-batch.ts'
import { withReplays } from '../lane/replays.ts'
import type { FollowOptions, LaneReader, Running, Table } from '../port.ts'
import type { ChassisMetrics } from './metrics.ts'
import type { Runtime } from './runtime.ts'

export interface KafkaRuntimeParts {
  access: KafkaAccess
  codec: Codec
  metrics: ChassisMetrics
  /** The service's name, for errors and logs. */
  service: string
  readyWhen: Runtime['readyWhen']
  onStop: Runtime['onStop']
  fail: Runtime['fail']
}

type KafkaRuntime = Pick<Runtime, 'lanes' | 'laneReader' | 'table' | 'publisher' | 'follow'>

/** The part of the runtime that speaks to Kafka and the registry. */
export function kafkaRuntime(parts: KafkaRuntimeParts): KafkaRuntime {
  const { access, codec, metrics, service, readyWhen, onStop, fail } = parts
  const offsets = new LaneOffsets(access)
  const follower: FollowerParts = { access, codec, offsets, fail }
  const tables: Pick<Table<TopicName>, 'isUpToDate'>[] = []
  const tablesAreRead = () => tables.every((table) => table.isUpToDate())
  onStop(() => offsets.stop())

  const keep = <Started extends Running>(what: string, running: Started): Started => {
    readyWhen(what, () => running.ready(), running.waiting?.bind(running))
    onStop(() => running.stop())
    return running
  }

  return {
    async lanes(definition) {
      await registerOutputs(parts)
      const lanes = withReplays(definition as unknown as AnyLaneService, codec)
      return keep('lanes', await runLanes(lanes, { access, codec, metrics, fail, tablesAreRead }))
    },
    async laneReader(reader) {
      const any = reader as unknown as LaneReader<TopicName>
      return keep('lanes', await readLanes({ reader: any, access, codec, offsets }, fail))
    },
    async table(topic, problemOf) {
      await requireTopics(offsets, access, { service, inputs: [topic] })
      const table = await followTable(
        topic,
        { ...follower, onLeftOut: () => metrics.rowsLeftOut.inc({ topic }) },
        problemOf,
      )
      tables.push(table)
      onStop(() => table.stop())
      return table
    },
    async publisher() {
      const publisher = new KafkaPublisher(access, codec)
      onStop(() => publisher.stop())
      return publisher
    },
    async follow(options) {
      await requireTopics(offsets, access, { service, inputs: options.topics })
      const running = new Follower(follower, options as unknown as FollowOptions<TopicName>)
      await running.start()
      return keep(`having read ${options.topics.join(', ')}`, running)
    },
  }
}

/** Makes the schemas of everything that the service writes known; waits as long as the registry is away. */
async function registerOutputs({ service, codec, access }: KafkaRuntimeParts): Promise<void> {
  const outputs = topicNames.filter((topic) => catalogue[topic].writer === service)
  for (let failures = 0; ; failures++) {
    try {
      return await codec.register(outputs)
    } catch (error) {
      if (!(error instanceof RegistryAway)) throw error
      access.log.warn({ err: error }, 'the schema registry cannot be asked; trying again')
      await pauseFor(backOffMs(failures))
    }
  }
}
