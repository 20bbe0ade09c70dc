/**
 * `npm run bench`: the product's speed against the bare kafkajs chain, on this machine and in this run. Prints a
 * table and writes the same as JSON. Figures are worth comparing as ratios; the machine decides the rest.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataRoot, messageFor } from '@holdpoint/local'
import type { OrderEvent } from '@holdpoint/schemas'
import { bareRate } from './bare-chain.ts'
import { casesRate } from './cases-run.ts'
import { encodeEvents } from './encode.ts'
import { type LadderResult, ladder } from './ladder-run.ts'
import { latencyAt } from './latency-run.ts'
import { retailRate } from './mix-run.ts'
import { readOptions } from './options.ts'
import { policySpeed } from './policy-run.ts'
import { printReport, type Report } from './report.ts'
import { restoreTimes } from './restore-run.ts'
import { routerSpeed } from './router-run.ts'
import { timerLateness } from './timer-run.ts'
import { openWorkbench, type Workbench } from './workbench.ts'
import { loadOrders } from './workload.ts'

const options = readOptions()
const bench = await openWorkbench().catch((error) => {
  process.stderr.write(`${messageFor(error)}\n`)
  return process.exit(1)
})
try {
  const report = options.ladderOnly ? await ladderAlone(bench) : await measure(bench)
  if ('policy' in report) printReport(report, bench.say)
  const folder = join(dataRoot, 'bench')
  mkdirSync(folder, { recursive: true })
  writeFileSync(options.json ?? join(folder, 'result.json'), `${JSON.stringify(report, null, 2)}\n`)
} finally {
  await bench.stop()
}
process.exit(0)

async function ladderAlone(bench: Workbench): Promise<LadderResult> {
  const { events } = await loadOrders(3_000)
  await bench.publishPolicy(bench.readSample('retail.policy.yaml'))
  const chain = await bench.startServices(['intake', 'classifier', 'router'])
  const result = await ladder(bench, chain, (name, count) => again(bench, events, name, count))
  await chain.stop()
  return result
}

/** The first orders once more, under other numbers. */
function again(bench: Workbench, from: readonly OrderEvent[], prefix: string, count: number) {
  return encodeEvents(
    bench,
    Array.from({ length: count }, (_, i) => {
      const event = from[i % from.length] as OrderEvent
      return { ...event, orderId: `${prefix}-${i}`, eventId: `${prefix}-${i}` }
    }),
  )
}

async function measure(bench: Workbench): Promise<Report> {
  const latencySeconds = 15
  const { events, source } = await loadOrders(options.orders)
  const policy = policySpeed(bench, events)
  const router = routerSpeed(bench)
  const orders = encodeEvents(bench, events)
  const meanBytes = orders.reduce((sum, { value }) => sum + value.length, 0) / orders.length
  const bareOrders = orders.slice(0, 30_000)
  const bare = {
    hops3: await bareRate(bench, bareOrders, 3, 'on'),
    hops3Plain: await bareRate(bench, bareOrders, 3, 'off'),
    hops4: await bareRate(bench, bareOrders, 4, 'on'),
  }
  await bench.publishPolicy(bench.readSample('retail.policy.yaml'))
  const chain = await bench.startServices(['intake', 'classifier', 'router'])
  const mix = await retailRate(bench, chain, orders)
  const half = mix.ordersPerSecond / 2
  const rates = await ladder(bench, chain, (name, count) => again(bench, events, name, count))
  const latency = await latencyAt(bench, again(bench, events, 'late', Math.ceil(half * latencySeconds)), half)
  // A cancelled order is stopped, whatever is decided about its case.
  const placed = events.filter(({ kind }) => kind === 'PLACED')
  const casesPerSecond = await casesRate(bench, chain, again(bench, placed, 'case', options.caseOrders))
  const restore = await restoreTimes(bench, chain)
  await chain.stop()
  const timers = await timerLateness(bench, options.pendingTimers)
  const at = new Date().toISOString()
  return {
    at,
    source,
    orders: orders.length,
    meanBytes,
    policy,
    router,
    bare,
    mix,
    ladder: rates,
    latency,
    casesPerSecond,
    restore,
    timers,
  }
}
