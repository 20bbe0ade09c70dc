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
  /** Nothing can go on: the process has to end. */
  fail(error: unknown): void
}

/** Runs the lanes of a service that the group gives to this process, until it is stopped. */
export async function runLanes(service: AnyLaneService, options: RunLanesOptions): Promise<Lanes> {
  const { access, codec, metrics, fail } = options
  const offsets = new LaneOffsets(access)
  const restorer = service.state ? new StateRestorer(access, service.state) : undefined
  await requireTopics(offsets, access, service)
  await restorer?.start()
  const parts = { service, codec, access, offsets, restorer, metrics }
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
    async stop() {
      await consumer.stop()
      await restorer?.stop()
      await offsets.stop()
    },
  }
}
