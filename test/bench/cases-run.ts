import { randomUUID } from 'node:crypto'
import type { CaseEvent } from '@holdpoint/schemas'
import { sampleCommand } from '@holdpoint/schemas/testing'
import type { Encoded } from './encode.ts'
import { Arrivals } from './measure.ts'
import { publishAll, watch } from './watch.ts'
import type { BenchServices, Workbench } from './workbench.ts'

/** Every order matches; its owner approves as soon as the case is there. */
const policy = `title: Every order is looked at
order-owner: order-manager
stages: [invoicing, shipping]
roles:
  finance: { backup: order-manager }
  order-manager: { backup: finance }
exceptions:
  look:
    name: Looked at by finance
    kind: approval
    rule: Finance looks at every order.
    when: lines.count >= 0.0
    owner: finance
    answer-within: 1 day
    holds: [invoicing, shipping]
    actions: [approve, reject, stop]
    customer: looked-at
messages:
  looked-at:
    en: { subject: Your order, body: We look at it. }
`

/** Orders per second when every order becomes a case, is approved by a command, and is released. */
export async function casesRate(
  bench: Workbench,
  services: BenchServices,
  records: readonly Encoded[],
): Promise<number> {
  await bench.publishPolicy(policy)
  const released = new Arrivals()
  const decisions = await watch(bench, 'orders.decisions.v1', ({ key, value }) => {
    if (value?.verdicts.every(({ verdict }) => verdict === 'PROCEED')) released.take(key)
  })
  const cases = await watch(bench, 'cases.events.v1', ({ value }) => {
    if (value?.type === 'OPENED') approve(bench, value)
  })
  await services.kill('intake')
  await publishAll(bench, 'orders.inbound.v1', records)
  await services.start('intake')
  await released.reach(records.length)
  await Promise.all([decisions.stop(), cases.stop()])
  bench.say(`every order a case, decided, released: ${Math.round(released.perSecond)} orders/s`)
  return released.perSecond
}

/** Waiting sends are joined into one by the publisher, as the desk's are. */
function approve(bench: Workbench, { orderId, caseId, digest }: CaseEvent): void {
  const value = sampleCommand({
    commandId: randomUUID(),
    orderId,
    caseId,
    action: 'APPROVE',
    actor: { subject: 'fiona', name: 'Fiona', roles: ['finance'] },
    reason: 'within what we allow',
    digest,
    channel: 'api',
    at: Date.now(),
  })
  bench.publisher
    .send('desk.commands.v1', [{ key: orderId, value }])
    .catch((error) => bench.say(String(error)))
}
