import { LaneState } from '../lane/lane-state.ts'
import { resolveState } from '../lane/resolve-schemas.ts'
import type { LaneParts } from './kafka-lane.ts'
import { LaneProducer } from './lane-producer.ts'

export interface PreparedLane {
  producer: LaneProducer
  state: LaneState
  /** Where to go on with each input. */
  positions: Map<string, number>
}

/**
 * Makes this process the only writer of a lane: an earlier producer is shut out and its open transaction settled,
 * then the state is read up to the barrier record, then the offsets. What is read is final, as nobody else can
 * write any more.
 */
export async function prepareLane(
  parts: LaneParts,
  partition: number,
  signal: AbortSignal,
): Promise<PreparedLane> {
  const { service, access, offsets } = parts
  const producer = await LaneProducer.open(access, service.service, partition)
  try {
    const state = await restoreState(parts, partition, producer, signal)
    const positions = await offsets.positions(service.service, service.inputs, partition, state.size > 0)
    signal.throwIfAborted()
    return { producer, state, positions }
  } catch (error) {
    await producer.close()
    throw error
  }
}

async function restoreState(
  { service, codec, restorer, metrics }: LaneParts,
  partition: number,
  producer: LaneProducer,
  signal: AbortSignal,
): Promise<LaneState> {
  if (!service.state || !restorer) {
    await producer.fence()
    return new LaneState()
  }
  const timer = metrics.restoreSeconds.startTimer()
  const state = await restorer.restore(partition, await producer.barrier(service.state), signal)
  await resolveState(state, service.state, codec)
  timer()
  metrics.stateKeys.set({ partition }, state.size)
  return state
}
