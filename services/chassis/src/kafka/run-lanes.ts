import type { TopicName } from '@holdpoint/schemas'
import type { AnyLaneService } from '../lane/handle-batch.ts'
import type { LaneCodec } from '../lane/lane-codec.ts'
import type { Lanes } from '../port.ts'
import type { ChassisMetrics } from '../runtime/metrics.ts'
import type { KafkaAccess } from './kafka-access.ts'
import { KafkaLane } from './kafka-lane.ts'
import { LaneConsumer } from './lane-consumer.ts'
import { LaneOffsets } from './lane-offsets.ts'
import { requireTopics } from './require-topics.ts'
import { StateRestorer } from './state-restorer.ts'

export interface RunLanesOptions {
  access: KafkaAccess
  codec: LaneCodec
  metrics: ChassisMetrics
  /** Whether the tables that handlers look at are being read; they are when not given. */
  tablesAreRead?(): boolean
  /** Nothing can go on: the process has to end. */
  fail(error: unknown): void
}

/** Runs the lanes of a service that the group gives to this process, until it is stopped. */
export async function runLanes(service: AnyLaneService, options: RunLanesOptions): Promise<Lanes> {
  const { access, codec, metrics, fail, tablesAreRead = () => true } = options
  const offsets = new LaneOffsets(access)
  const restorer = service.state ? new StateRestorer(access, service.state) : undefined
  const counts = await requireTopics(offsets, access, service)
  const partitions = (topic: TopicName) => counts.get(topic) ?? 1
  await restorer?.start()
  const parts = { service, partitions, codec, access, offsets, restorer, metrics, tablesAreRead }
  const consumer = new LaneConsumer({
    access,
    group: service.service,
    topics: service.inputs,
    createLane: (partition, control) => new KafkaLane(parts, partition, control),
    fail,
  })
  await consumer.start()
  return {
    ready: () => consumer.ready,
    revisit: () => consumer.revisit(),
    waiting: () => consumer.waiting,
    async stop() {
      await consumer.stop()
      await restorer?.stop()
      await offsets.stop()
    },
  }
}
