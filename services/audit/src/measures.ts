import { Gauge, type LaneService, type Registry } from '@holdpoint/chassis'
import type { TopicName } from '@holdpoint/schemas'
import type { Behind } from './behind.ts'

export function measures(behind: Behind, registry: Registry): void {
  new Gauge({
    name: 'holdpoint_audit_behind_seconds',
    help: 'How old the oldest record of the last batch was when the trail covered it; 0 once there is nothing more to cover.',
    labelNames: ['partition'],
    registers: [registry],
    collect() {
      for (const [partition, age] of behind.byLane(Date.now())) this.set({ partition }, age / 1_000)
    },
  })
}

/** The same lanes, which tell what they cover. */
export function measured<State extends TopicName>(
  service: LaneService<TopicName, State>,
  behind: Behind,
): LaneService<TopicName, State> {
  const { closeBatch } = service
  if (!closeBatch) return service
  return {
    ...service,
    closeBatch(records, lane) {
      behind.covered(lane.partition, records, lane.now)
      return closeBatch(records, lane)
    },
  }
}
