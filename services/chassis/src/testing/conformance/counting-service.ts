import type { AuditState, Messages, Timer } from '@holdpoint/schemas'
import type { AnyLaneService } from '../../lane/handle-batch.ts'
import { done } from '../../outcomes.ts'
import type { Lane, LaneRecord, LaneService, Outcome } from '../../port.ts'
import type { World } from './world.ts'

type State = 'audit.state.v1'

/** A service that counts the records of each key and publishes each with its count as `version`. */
export function countingService(
  { topics, service }: Pick<World, 'topics' | 'service'>,
  changes: Partial<LaneService<'timers.schedule.v1' | 'timers.fired.v1', State>> = {},
): AnyLaneService {
  const counting: LaneService<'timers.schedule.v1' | 'timers.fired.v1', State> = {
    service,
    inputs: [topics.input, topics.other],
    state: topics.state,
    outputs: [topics.output],
    deadLetters: topics.deadLetters,
    handle: (record, lane) => count({ topics }, record, lane),
    ...changes,
  }
  return counting as unknown as AnyLaneService
}

export function count(
  { topics }: Pick<World, 'topics'>,
  record: LaneRecord<'timers.schedule.v1' | 'timers.fired.v1'>,
  lane: Lane<State>,
): Outcome<State> {
  const value = record.value
  const sequence = (lane.get(record.key)?.sequence ?? 0) + 1
  const counted: Timer = timer(record.key, sequence, value?.caseId ?? '')
  return done<State>([{ topic: topics.output, key: record.key, value: counted }], {
    key: record.key,
    value: stateOf(lane.partition, sequence),
  })
}

export function timer(key: string, version: number, caseId: string): Timer {
  return { timerId: key, orderId: key, caseId, kind: 'DEADLINE', version, dueAt: 0 }
}

export function fired(key: string, caseId: string): Messages['timers.fired.v1'] {
  return { ...timer(key, 1, caseId), firedAt: 0 }
}

export function stateOf(partition: number, sequence: number): AuditState {
  return { partition, sequence, head: '', checkpointedAt: 0, checkpointed: 0, covered: {}, orderKey: null }
}
