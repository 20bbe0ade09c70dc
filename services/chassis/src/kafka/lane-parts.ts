import type { AnyLaneService } from '../lane/handle-batch.ts'
import type { LaneCodec } from '../lane/lane-codec.ts'
import type { Partitions } from '../lane/misplaced.ts'
import type { ChassisMetrics } from '../runtime/metrics.ts'
import type { Fetcher } from './fetcher.ts'
import type { KafkaAccess } from './kafka-access.ts'
import type { LaneOffsets } from './lane-offsets.ts'
import type { AtStep } from './log/lane-steps.ts'
import type { ProduceLine } from './log/produce-line.ts'

/** What all lanes of a service share. */
export interface LaneParts {
  service: AnyLaneService
  partitions: Partitions
  codec: LaneCodec
  access: KafkaAccess
  offsets: LaneOffsets
  /** By which all lanes of the process write. */
  line: ProduceLine
  /** By which all lanes of the process read. */
  fetcher: Fetcher
  metrics: ChassisMetrics
  at: AtStep
  /** Whether the tables that handlers look at are up to date as far as anybody can know. */
  tablesAreRead(): boolean
}
