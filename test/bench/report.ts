import type { LadderResult } from './ladder-run.ts'
import type { LatencyResult } from './latency-run.ts'
import type { MixResult } from './mix-run.ts'
import type { PolicyResult } from './policy-run.ts'
import type { RestoreResult } from './restore-run.ts'
import type { RouterResult } from './router-run.ts'
import type { TimerResult } from './timer-run.ts'

export interface Report {
  at: string
  source: string
  orders: number
  meanBytes: number
  policy: PolicyResult
  router: RouterResult
  /** Records per second of the bare chain. */
  bare: { hops3: number; hops3Plain: number; hops4: number }
  mix: MixResult
  ladder: LadderResult
  /** At half of what the chain can do. */
  latency: LatencyResult
  casesPerSecond: number
  restore: RestoreResult
  timers: TimerResult
}

/** The figures as rows of what, how much, and what it is compared with. */
export function rowsOf(report: Report): [string, string, string][] {
  const { policy, router, bare, mix, ladder, latency, casesPerSecond, restore, timers } = report
  const rate = (value: number) => `${Math.round(value)}/s`
  const ratio = (value: number, base: number) => `${(value / base).toFixed(2)} of the bare chain`
  const ms = (spread: { p50: number; p99: number }) =>
    `${spread.p50.toFixed(1)} / ${spread.p99.toFixed(1)} ms`
  return [
    ['all rules on one order', `${policy.judgeMicros.toFixed(1)} µs`, `${policy.rules} rules`],
    ['a policy tried beside another', rate(policy.triedPerSecond), 'orders, without reading them'],
    ['deadlines', rate(policy.duePerSecond), 'office hours, holidays, all sorts of time'],
    ['holes in the duty of 90 days', `${policy.gapsMs.toFixed(0)} ms`, 'the sample roster, all types'],
    [
      'one input of the router',
      `${router.microsPerInput.toFixed(1)} µs`,
      'decided, folded, messages derived',
    ],
    ...Object.entries(router.bytes).map(([order, bytes]): [string, string, string] => [
      `record of an order, ${order}`,
      `${Math.round(bytes)} bytes`,
      'in memory and in the changelog',
    ]),
    ['bare chain, 3 hops, transactions', rate(bare.hops3), ''],
    ['bare chain, 3 hops, none', rate(bare.hops3Plain), ''],
    ['bare chain, 4 hops, transactions', rate(bare.hops4), ''],
    ['retail mix, orders', rate(mix.ordersPerSecond), ratio(mix.ordersPerSecond, bare.hops3)],
    ['every order a case, released', rate(casesPerSecond), ratio(casesPerSecond, bare.hops4)],
    ...ladder.rungs.map((rung): [string, string, string] => [
      'order → decision p50 / p99',
      ms(rung.orderToDecision),
      `at ${rate(rung.ordersPerSecond)}; CPU ${rung.servicesCpuMs.toFixed(2)} + ${rung.brokerCpuMs.toFixed(2)} ms an order`,
    ]),
    ['order → decision p50 / p99', ms(latency.orderToDecision), `at ${rate(latency.ordersPerSecond)}`],
    ['order → case p50 / p99', ms(latency.orderToCase), `at ${rate(latency.ordersPerSecond)}`],
    [
      'no orders for a minute',
      `${(ladder.idle.services + ladder.idle.broker).toFixed(3)} cores`,
      `services ${ladder.idle.services.toFixed(3)}, broker ${ladder.idle.broker.toFixed(3)}`,
    ],
    ['timer lateness p50 / p99', ms(timers.lateness), `${timers.pending} pending, ${timers.early} early`],
    ['router ready again', `${restore.routerSeconds.toFixed(1)} s`, `${restore.orders} orders`],
    ['intake ready again', `${restore.intakeSeconds.toFixed(1)} s`, `${restore.orders} orders`],
    ...Object.entries(mix.cpuMicrosPerOrder).map(([service, micros]): [string, string, string] => [
      `CPU of ${service}`,
      `${micros} µs`,
      'for each order',
    ]),
  ]
}

export function printReport(report: Report, say: (text: string) => void): void {
  say(
    `\n${report.orders} orders from ${report.source}, ${Math.round(report.meanBytes)} bytes each on the wire\n`,
  )
  for (const [what, value, note] of rowsOf(report)) say(`${what.padEnd(36)} ${value.padStart(18)}   ${note}`)
}
