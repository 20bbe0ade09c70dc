import type { ServiceName } from '@holdpoint/local'
import type { BenchServices } from './workbench.ts'

/** CPU seconds that each service has used since it started, user and system together, by its own /metrics. */
export async function cpuSeconds(services: BenchServices): Promise<Map<ServiceName, number>> {
  const entries = await Promise.all(
    services.names.map(
      async (name) => [name, await metric(services, name, 'process_cpu_seconds_total')] as const,
    ),
  )
  return new Map(entries)
}

/** Sum of all samples of a metric of one service. */
export async function metric(
  services: BenchServices,
  name: ServiceName,
  metricName: string,
): Promise<number> {
  const text = await (await fetch(services.metricsUrl(name))).text()
  const samples = text
    .split('\n')
    .filter((line) => line.startsWith(`${metricName}{`) || line.startsWith(`${metricName} `))
  return samples.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
}

/** Microseconds of CPU for each order, by service. */
export function cpuPerOrder(
  before: ReadonlyMap<ServiceName, number>,
  after: ReadonlyMap<ServiceName, number>,
  orders: number,
): Record<string, number> {
  const micros = (name: ServiceName) => (((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1e6) / orders
  return Object.fromEntries([...after.keys()].map((name) => [name, Math.round(micros(name))]))
}
