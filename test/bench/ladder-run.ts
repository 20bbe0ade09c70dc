import { setTimeout as pause } from 'node:timers/promises'
import { cpuSeconds } from './cpu.ts'
import type { Encoded } from './encode.ts'
import { type LatencyResult, latencyAt } from './latency-run.ts'
import type { BenchServices, Workbench } from './workbench.ts'

/** Orders a second, from a quiet shop to as many as two cores can do. */
const rungs = [20, 50, 130, 290, 600, 1_200, 2_400]
const seconds = 12
const warmUp = { ordersPerSecond: 300, seconds: 10 }

export interface Rung extends LatencyResult {
  /** Milliseconds of CPU for each order. */
  servicesCpuMs: number
  brokerCpuMs: number
}

export interface LadderResult {
  rungs: Rung[]
  /** Cores that services and broker take while there is no order. */
  idle: { services: number; broker: number }
}

/** The time from an order to its decision at one rate after the other, each on a chain that has come to rest. */
export async function ladder(
  bench: Workbench,
  services: BenchServices,
  orders: (name: string, count: number) => Encoded[],
): Promise<LadderResult> {
  await latencyAt(bench, orders('warm-up', warmUp.ordersPerSecond * warmUp.seconds), warmUp.ordersPerSecond)
  const measured: Rung[] = []
  for (const rate of rungs) {
    const count = rate * seconds
    const { spent, result } = await spentBy(bench, services, () =>
      latencyAt(bench, orders(`at-${rate}`, count), rate),
    )
    const ms = (cpu: number) => (1_000 * cpu) / count
    const rung = { ...result, servicesCpuMs: ms(spent.services), brokerCpuMs: ms(spent.broker) }
    measured.push(rung)
    bench.say(
      `  CPU for each order: services ${rung.servicesCpuMs.toFixed(2)} ms, broker ${rung.brokerCpuMs.toFixed(2)} ms`,
    )
  }
  const restSeconds = 60
  const { spent } = await spentBy(bench, services, () => pause(1_000 * restSeconds))
  const idle = { services: spent.services / restSeconds, broker: spent.broker / restSeconds }
  bench.say(
    `no orders for a minute: services ${idle.services.toFixed(3)}, broker ${idle.broker.toFixed(3)} of a core`,
  )
  return { rungs: measured, idle }
}

async function spentBy<Result>(bench: Workbench, services: BenchServices, work: () => Promise<Result>) {
  const sum = async () => [...(await cpuSeconds(services)).values()].reduce((all, one) => all + one, 0)
  const before = { services: await sum(), broker: bench.brokerCpuSeconds() }
  const result = await work()
  const spent = {
    services: (await sum()) - before.services,
    broker: bench.brokerCpuSeconds() - before.broker,
  }
  return { result, spent }
}
