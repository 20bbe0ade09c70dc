import { setTimeout as sleep } from 'node:timers/promises'
import { event } from '@holdpoint/orders/made/life-of-order'
import type { Decision, OrderEvent } from '@holdpoint/schemas'
import type { Places } from '../places.ts'
import { connectKafka } from '../upstream/kafka.ts'
import type { Upstream } from '../upstream/upstream.ts'

const hour = 3_600_000

export interface StageReports {
  /** Reports that were sent. */
  sent(): number
  /** Whether an order has been decided. */
  isDecided(orderId: string): boolean
  /** Resolves when all reports that are due have been sent. */
  settled(): Promise<void>
  stop(): Promise<void>
}

/**
 * Does what billing and warehouse do: reads the decisions, starts a stage of an order that may proceed, and reports it
 * started and then done, each `afterMs` later.
 */
export async function reportStages(
  places: Places,
  upstream: Upstream,
  isOwn: (orderId: string) => boolean,
  afterMs: number,
): Promise<StageReports> {
  const connection = await connectKafka(places)
  const decided = new Set<string>()
  const reported = new Set<string>()
  const positions = new Map<number, number>()
  const under = new Set<Promise<void>>()
  const stopping = new AbortController()
  let sent = 0
  const report = async (decision: Decision, stage: string) => {
    for (const kind of ['STAGE_STARTED', 'STAGE_DONE'] as const) {
      await sleep(afterMs, undefined, { signal: stopping.signal })
      await upstream.send([stageReport(decision, stage, kind)])
      sent++
    }
  }
  const take = (decision: Decision) => {
    decided.add(decision.orderId)
    for (const stage of stagesToStart(decision, reported)) {
      const going: Promise<void> = report(decision, stage)
        .catch(() => undefined)
        .finally(() => under.delete(going))
      under.add(going)
    }
  }
  await connection.follow({
    topics: ['orders.decisions.v1'],
    from: (_topic, partition) => positions.get(partition) ?? 'end',
    async onBatch(_topic, partition, records) {
      for (const { key, value, offset } of records) {
        if (value && isOwn(key)) take(value)
        positions.set(partition, offset + 1)
      }
    },
  })
  return {
    sent: () => sent,
    isDecided: (orderId) => decided.has(orderId),
    settled: async () => {
      while (under.size > 0) await Promise.all(under)
    },
    async stop() {
      stopping.abort()
      await connection.stop()
    },
  }
}

/** Stages that may proceed and have not been started; they are marked as started. */
function stagesToStart({ orderId, verdicts }: Decision, reported: Set<string>): string[] {
  const stages = verdicts
    .filter(({ verdict }) => verdict === 'PROCEED')
    .map(({ stage }) => stage)
    .filter((stage) => !reported.has(`${orderId} ${stage}`))
  for (const stage of stages) reported.add(`${orderId} ${stage}`)
  return stages
}

/** Its instant follows from the order, so that the same report is the same event. */
function stageReport(
  { orderId, order }: Decision,
  stage: string,
  kind: 'STAGE_STARTED' | 'STAGE_DONE',
): OrderEvent {
  const hours = kind === 'STAGE_STARTED' ? 6 : 8
  return {
    ...event(orderId, kind, order.placedAt + hours * hour, {
      stage,
      source: stage === 'shipping' ? 'warehouse' : 'billing',
    }),
    eventId: `${orderId}-${stage}-${kind === 'STAGE_STARTED' ? 'started' : 'done'}`,
  }
}
