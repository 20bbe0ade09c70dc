import { type CaseStory, tellCase } from './cases-law.ts'
import { entryOf, type Invariant, type Messages, messageOf } from './invariant.ts'

interface Told {
  revision: number
  digest: string
  events: number
  decisions: number
}

/** So many closed cases of an order the router keeps at least, before it forgets one. */
const remembered = 50

/** The state that a service would start from is what its own messages tell when they are replayed. */
export function stateLaw(): Invariant {
  const told = new Map<string, Told>()
  const stories = new Map<string, CaseStory>()
  const intake = new Map<string, Messages['intake.state.v1']>()
  const router = new Map<string, Messages['router.state.v1']>()
  const of = (orderId: string) =>
    entryOf(told, orderId, () => ({ revision: 0, digest: '', events: 0, decisions: 0 }))
  return {
    name: 'state',
    law: 'Replaying the messages of an order gives the state that its services keep.',
    take(record) {
      const revision = messageOf('orders.revisions.v1', record)
      if (revision)
        Object.assign(of(revision.orderId), { revision: revision.revision, digest: revision.digest })
      const event = messageOf('cases.events.v1', record)
      if (event) {
        of(event.orderId).events = event.sequence
        tellCase(stories, event)
      }
      const decision = messageOf('orders.decisions.v1', record)
      if (decision) of(decision.orderId).decisions = decision.sequence
      const taken = messageOf('intake.state.v1', record)
      if (taken) intake.set(taken.orderId, taken)
      const kept = messageOf('router.state.v1', record)
      if (kept) router.set(kept.orderId, kept)
    },
    close(tell) {
      const casesOf = Map.groupBy(stories, ([, { orderId }]) => orderId)
      for (const [orderId, order] of told) {
        const replayed = { ...order, cases: Object.fromEntries(casesOf.get(orderId) ?? []) }
        for (const what of differences(replayed, intake.get(orderId), router.get(orderId)))
          tell(`Order ${orderId}: ${what}`)
      }
      return { orders: told.size, cases: stories.size }
    },
  }
}

function* differences(
  order: Told & { cases: Record<string, CaseStory> },
  intake: Messages['intake.state.v1'] | undefined,
  router: Messages['router.state.v1'] | undefined,
): Generator<string> {
  if (intake?.revision !== order.revision)
    yield `intake keeps revision ${intake?.revision}, ${order.revision} is the last.`
  if (intake?.digest !== order.digest) yield 'intake keeps another digest than that of the last revision.'
  if (router?.revision !== order.revision)
    yield `the router keeps revision ${router?.revision} of ${order.revision}.`
  if (router?.eventSequence !== order.events)
    yield `the router keeps ${router?.eventSequence} events of ${order.events}.`
  if (router?.decisionSequence !== order.decisions)
    yield `the router keeps ${router?.decisionSequence} decisions of ${order.decisions}.`
  const kept = new Map(router?.cases.map((one) => [one.caseId, one]))
  const closed = router?.cases.filter((one) => one.status === 'CLOSED').length ?? 0
  for (const [caseId, { status, outcome, level }] of Object.entries(order.cases)) {
    const one = kept.get(caseId)
    if (!one && status === 'CLOSED' && closed >= remembered) continue
    if (one?.status !== status || one.outcome !== outcome || one.level !== level)
      yield `case ${caseId} is ${status} ${outcome} at level ${level}, the router keeps ${one?.status} ${one?.outcome} ${one?.level}.`
  }
  for (const caseId of kept.keys())
    if (!Object.hasOwn(order.cases, caseId))
      yield `the router keeps case ${caseId}, of which nothing was told.`
}
