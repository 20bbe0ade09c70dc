import { cpuPerOrder, cpuSeconds } from './cpu.ts'
import type { Encoded } from './encode.ts'
import { Arrivals } from './measure.ts'
import { publishAll, watch } from './watch.ts'
import type { BenchServices, Workbench } from './workbench.ts'

export interface MixResult {
  ordersPerSecond: number
  cpuMicrosPerOrder: Record<string, number>
}

/** Orders per second from a backlog of the retail mix to their first decision: intake, classifier, router. */
export async function retailRate(
  bench: Workbench,
  services: BenchServices,
  records: readonly Encoded[],
): Promise<MixResult> {
  const arrivals = new Arrivals()
  const watching = await watch(bench, 'orders.decisions.v1', (record) => arrivals.take(record.key))
  const before = await cpuSeconds(services)
  await services.kill('intake')
  await publishAll(bench, 'orders.inbound.v1', records)
  await services.start('intake')
  await arrivals.reach(records.length)
  await watching.stop()
  const after = await cpuSeconds(services)
  before.set('intake', 0)
  bench.say(`retail mix: ${Math.round(arrivals.perSecond)} orders/s`)
  return {
    ordersPerSecond: arrivals.perSecond,
    cpuMicrosPerOrder: cpuPerOrder(before, after, records.length),
  }
}
