import type { TopicName } from '@holdpoint/schemas'
import type { AnyLaneService } from '../lane/handle-batch.ts'
import type { LaneCodec } from '../lane/lane-codec.ts'
import type { Lanes } from '../port.ts'
import type { ChassisMetrics } from '../runtime/metrics.ts'
import { Brokers } from './brokers.ts'
import { Fetcher } from './fetcher.ts'
import type { KafkaAccess } from './kafka-access.ts'
import { KafkaLane } from './kafka-lane.ts'
import { LaneMember } from './lane-member.ts'
import { LaneOffsets } from './lane-offsets.ts'
import type { AtStep } from './log/lane-steps.ts'
import { ProduceLine } from './log/produce-line.ts'
import { writtenBy } from './open-lane.ts'
import { requireTopics } from './require-topics.ts'

export interface RunLanesOptions {
  access: KafkaAccess
  codec: LaneCodec
  metrics: ChassisMetrics
  /** Whether the tables that handlers look at are being read; they are when not given. */
  tablesAreRead?(): boolean
  /** Told what lanes have done; nobody is when not given. */
  at?: AtStep
  /** Nothing can go on: the process has to end. */
  fail(error: unknown): void
}

/** Runs the lanes of a service that the group gives to this process, until it is stopped. */
export async function runLanes(service: AnyLaneService, options: RunLanesOptions): Promise<Lanes> {
  const { access, codec, metrics, fail, tablesAreRead = () => true, at = () => undefined } = options
  const offsets = new LaneOffsets(access)
  const counts = await requireTopics(offsets, access, service)
  const partitions = (topic: TopicName) => counts.get(topic) ?? 1
  const line = new ProduceLine(new Brokers(access, [...writtenBy(service), ...service.inputs]))
  const fetcher = new Fetcher({ access, topics: service.inputs })
  const parts = { service, partitions, codec, access, offsets, line, fetcher, metrics, at, tablesAreRead }
  const member = new LaneMember({
    access,
    group: service.service,
    topics: service.inputs,
    openLane: (partition, control) => new KafkaLane(parts, partition, control),
    fail,
  })
  await member.start()
  return {
    ready: () => member.ready,
    revisit: () => member.revisit(),
    waiting: () => member.waiting,
    async stop() {
      await member.stop()
      fetcher.stop()
      line.brokers.close()
      await offsets.stop()
    },
  }
}
