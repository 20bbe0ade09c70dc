import { metric } from './cpu.ts'
import type { BenchServices, Workbench } from './workbench.ts'

export interface RestoreResult {
  orders: number
  /** From starting the process to all lanes ready, and what of it was reading the state back (longest lane). */
  routerSeconds: number
  intakeSeconds: number
}

/** Kills router and intake and takes the time until each is ready again with all its orders. */
export async function restoreTimes(bench: Workbench, services: BenchServices): Promise<RestoreResult> {
  const routerSeconds = await timeToReady(services, 'router')
  const intakeSeconds = await timeToReady(services, 'intake')
  const orders = await metric(services, 'router', 'holdpoint_state_keys')
  bench.say(
    `ready again with ${orders} orders: router ${routerSeconds.toFixed(1)} s, intake ${intakeSeconds.toFixed(1)} s`,
  )
  return { orders, routerSeconds, intakeSeconds }
}

async function timeToReady(services: BenchServices, name: 'router' | 'intake'): Promise<number> {
  await services.kill(name)
  const begun = performance.now()
  await services.start(name)
  return (performance.now() - begun) / 1_000
}
