import { entryOf, type Invariant, messageOf } from './invariant.ts'

interface Order {
  revision: number
  digest: string
  judged: { revision: number; digest: string }
  decided: { revision: number; digest: string; sequence: number; verdicts: Map<string, string> } | undefined
  /** Stages that each open case holds. */
  holding: Map<string, string[]>
}

/** At rest every order has gone the whole way: its last revision was judged and decided. */
export function chainLaw(): Invariant {
  const orders = new Map<string, Order>()
  const of = (orderId: string) =>
    entryOf(orders, orderId, () => ({
      revision: 0,
      digest: '',
      judged: { revision: 0, digest: '' },
      decided: undefined,
      holding: new Map(),
    }))
  return {
    name: 'chain',
    law: 'At rest the last revision of every order is judged and decided, and a stage is held exactly while a case holds it.',
    take(record) {
      const revision = messageOf('orders.revisions.v1', record)
      if (revision)
        Object.assign(of(revision.orderId), { revision: revision.revision, digest: revision.digest })
      const findings = messageOf('cases.findings.v1', record)
      if (findings) of(findings.orderId).judged = findings
      const decision = messageOf('orders.decisions.v1', record)
      if (decision) {
        const verdicts = new Map(decision.verdicts.map(({ stage, verdict }) => [stage, verdict]))
        const { revision, digest, sequence } = decision
        of(decision.orderId).decided = { revision, digest, sequence, verdicts }
      }
      const event = messageOf('cases.events.v1', record)
      if (event?.opened) of(event.orderId).holding.set(event.caseId, event.opened.holds)
      if (event?.closed) of(event.orderId).holding.delete(event.caseId)
    },
    close(tell) {
      let completed = 0
      for (const [orderId, order] of orders) {
        for (const fault of faultsOf(order)) tell(`Order ${orderId}: ${fault}`)
        if (isCompleted(order)) completed++
      }
      return { orders: orders.size, completed }
    },
  }
}

const isCompleted = ({ decided }: Order) =>
  decided !== undefined && [...decided.verdicts.values()].every((verdict) => verdict !== 'HOLD')

function* faultsOf({ revision, digest, judged, decided, holding }: Order): Generator<string> {
  if (judged.revision !== revision || judged.digest !== digest)
    yield `revision ${revision} is the last, ${judged.revision} was judged.`
  if (decided?.digest !== digest) yield `what was decided last is not revision ${revision}.`
  const held = new Set([...holding.values()].flat())
  for (const [stage, verdict] of decided?.verdicts ?? []) {
    if (verdict === 'HOLD' && !held.has(stage)) yield `${stage} is held, and no open case holds it.`
    if (verdict === 'PROCEED' && held.has(stage)) yield `${stage} proceeds, and an open case holds it.`
  }
}
