import { setTimeout as pause } from 'node:timers/promises'
import type { Encoded } from './encode.ts'
import { Arrivals, type Spread, spreadOf } from './measure.ts'
import { watch } from './watch.ts'
import type { Workbench } from './workbench.ts'

export interface LatencyResult {
  ordersPerSecond: number
  /** Milliseconds from sending the event to reading the first decision, as billing would. */
  orderToDecision: Spread
  /** The same to reading that a case was opened. */
  orderToCase: Spread
}

/** Sends orders at a steady rate, each at its own moment, and takes the time until somebody can read the answer. */
export async function latencyAt(
  bench: Workbench,
  records: readonly Encoded[],
  ordersPerSecond: number,
): Promise<LatencyResult> {
  const sentAt = new Map<string, number>()
  const decided = new Arrivals()
  const decisionMs: number[] = []
  const caseMs: number[] = []
  const decisions = await watch(bench, 'orders.decisions.v1', ({ key }) => {
    const sent = sentAt.get(key)
    if (sent === undefined) return
    const before = decided.count
    decided.take(key)
    if (decided.count > before) decisionMs.push(performance.now() - sent)
  })
  const opened = new Set<string>()
  const cases = await watch(bench, 'cases.events.v1', ({ key, value }) => {
    const sent = sentAt.get(key)
    if (sent === undefined || value?.type !== 'OPENED' || opened.has(key)) return
    opened.add(key)
    caseMs.push(performance.now() - sent)
  })
  await sendSteadily(bench, records, ordersPerSecond, sentAt)
  await decided.reach(records.length)
  await Promise.all([decisions.stop(), cases.stop()])
  const result = { ordersPerSecond, orderToDecision: spreadOf(decisionMs), orderToCase: spreadOf(caseMs) }
  bench.say(
    `at ${Math.round(ordersPerSecond)} orders/s: order→decision p50 ${result.orderToDecision.p50.toFixed(1)} ms, p99 ${result.orderToDecision.p99.toFixed(1)} ms`,
  )
  return result
}

/** What is due by now is sent every few milliseconds; sends do not wait for each other. */
async function sendSteadily(
  bench: Workbench,
  records: readonly Encoded[],
  perSecond: number,
  sentAt: Map<string, number>,
): Promise<void> {
  const begun = performance.now()
  const sends: Promise<void>[] = []
  for (let sent = 0; sent < records.length; ) {
    const due = Math.min(records.length, Math.floor(((performance.now() - begun) / 1_000) * perSecond))
    const batch = records.slice(sent, due)
    for (const { key } of batch) sentAt.set(key.toString(), performance.now())
    if (batch.length > 0) sends.push(bench.publisher.sendBytes('orders.inbound.v1', batch))
    sent = due
    await pause(5)
  }
  await Promise.all(sends)
}
