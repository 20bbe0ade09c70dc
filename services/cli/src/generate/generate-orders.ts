import { setTimeout as sleep } from 'node:timers/promises'
import { loadFakers } from '@holdpoint/orders/made/customers'
import {
  isMadeUp,
  type Life,
  lifeOfOrder,
  type Series,
  seriesPrefix,
} from '@holdpoint/orders/made/life-of-order'
import type { Mix } from '@holdpoint/orders/made/oddities'
import { type Instant, type OrderEvent, toJson } from '@holdpoint/schemas'
import { Misuse } from '../failures.ts'
import { dayIn, isoOf } from '../instants.ts'
import { Pace } from '../pace.ts'
import { count, Progress } from '../progress.ts'
import type { Session } from '../session.ts'
import { jsonOf } from '../terminal.ts'
import { openUpstream } from '../upstream/open-upstream.ts'
import { sendAll } from '../upstream/send-all.ts'
import type { Upstream } from '../upstream/upstream.ts'
import type { StageReports } from './stage-reports.ts'

export interface GenerateOptions {
  count?: number
  continuous?: boolean
  ordersPerMinute?: number
  /** Of a continuous stream, so many orders come before the pace begins. */
  atOnce?: number
  mix: Mix
  letter: string
  seed: number
  day?: string
  http?: boolean
  /** False leaves the stages of the orders alone. */
  stages: boolean
  dryRun?: boolean
}

/** What comes later about an order is sent when so many others have come. */
const laterAfter = 3
const defaultCount = 20
const defaultPerMinute = 30
const decidedWithinMs = 60_000

export async function generateOrders(session: Session, options: GenerateOptions): Promise<void> {
  if (options.count !== undefined && options.continuous)
    throw new Misuse('Say either --count or --continuous: one ends by itself, the other does not.')
  const { seed, mix, letter } = options
  const lives = await livesOf(
    { seed, mix, letter, day: dayOf(options.day, session.now()) },
    ordersOf(options),
  )
  if (options.dryRun) return print(session, lives)
  const upstream = await openUpstream(session.places, options.http === true)
  const reports = await followStages(session, options, upstream, lives.series)
  try {
    await send(session, options, upstream, lives, reports)
  } finally {
    await reports?.stop()
    await upstream.stop()
  }
}

interface Lives {
  series: Required<Series>
  all: Iterable<Life>
}

async function livesOf(series: Required<Series>, orders: number): Promise<Lives> {
  const fakers = await loadFakers()
  return {
    series,
    all: {
      *[Symbol.iterator]() {
        for (let index = 0; index < orders; index++) yield lifeOfOrder(fakers, series, index)
      },
    },
  }
}

const ordersOf = ({ continuous, count: orders = defaultCount }: GenerateOptions): number =>
  continuous ? Number.POSITIVE_INFINITY : orders

/** Midnight UTC. */
const dayOf = (text: string | undefined, now: Instant): Instant =>
  dayIn('--day', text ?? isoOf(now).slice(0, 10))

function print({ terminal }: Session, { all }: Lives): void {
  const events = [...turns(all)].flatMap((turn) => turn.events)
  terminal.out(jsonOf(events.map((event) => toJson('orders.inbound.v1', event))))
}

/** What is sent with an order's first event: its own, and what comes later about one that came some orders before. */
function* turns(lives: Iterable<Life>): Generator<{ orderId: string | undefined; events: OrderEvent[] }> {
  const waiting: Life[] = []
  for (const life of lives) {
    waiting.push(life)
    const earlier = waiting.length > laterAfter ? (waiting.shift() as Life).later : []
    yield { orderId: life.orderId, events: [life.first, ...earlier] }
  }
  yield { orderId: undefined, events: waiting.flatMap((life) => life.later) }
}

async function followStages(
  { places }: Session,
  { stages, http, continuous }: GenerateOptions,
  upstream: Upstream,
  series: Required<Series>,
): Promise<StageReports | undefined> {
  // Without Kafka there are no decisions to follow.
  if (!stages || http) return undefined
  const { reportStages } = await import('./stage-reports.ts')
  const prefix = seriesPrefix(series)
  // A stream goes on with what earlier streams have left.
  const isOwn = (orderId: string) =>
    continuous ? isMadeUp(orderId, series.letter) : orderId.startsWith(prefix)
  return reportStages(places, upstream, isOwn, continuous ? 90_000 : 0)
}

async function send(
  session: Session,
  options: GenerateOptions,
  upstream: Upstream,
  lives: Lives,
  reports: StageReports | undefined,
): Promise<void> {
  const perMinute = options.ordersPerMinute ?? (options.continuous ? defaultPerMinute : undefined)
  const progress = new Progress(session.terminal, 'Sending', 'events')
  const orders: string[] = []
  const interrupted = session.untilInterrupted()
  const paced = pacedEvents(lives.all, { perMinute, atOnce: options.atOnce ?? 0 }, orders, interrupted)
  const { sent, refused } = await sendAll(upstream, paced, {
    ordered: true,
    batch: perMinute === undefined ? upstream.batch : Math.max(1, Math.floor(perMinute / 600)),
    onSent: (soFar) =>
      progress.set(soFar, options.continuous ? undefined : orders.length / ordersOf(options)),
  })
  progress.end()
  for (const { event, why } of refused) session.terminal.err(`${event.eventId} was refused: ${why}\n`)
  if (reports && !interrupted.aborted) await untilReported(orders, reports)
  const result = {
    orders: orders.length,
    events: sent,
    refused: refused.length,
    stageReports: reports?.sent() ?? 0,
  }
  session.show(
    result,
    () =>
      `${count(result.orders)} orders in ${count(sent)} events, ${count(result.stageReports)} reports of stages\n`,
  )
  if (refused.length > 0) session.no()
}

/** Notes each order as it goes out; ends when interrupted. */
async function* pacedEvents(
  lives: Iterable<Life>,
  { perMinute, atOnce }: { perMinute: number | undefined; atOnce: number },
  orders: string[],
  interrupted: AbortSignal,
): AsyncGenerator<OrderEvent> {
  const pace = new Pace(perMinute === undefined ? undefined : perMinute / 60)
  for (const { orderId, events } of turns(lives)) {
    const waits = orderId !== undefined && orders.length >= atOnce
    if (waits) await pace.take(1, interrupted).catch(() => undefined)
    if (interrupted.aborted) return
    if (orderId !== undefined) orders.push(orderId)
    yield* events
  }
}

/** Orders that stay undecided (no policy, a service that is down) are not waited for any longer. */
async function untilReported(orders: readonly string[], reports: StageReports): Promise<void> {
  const giveUpAt = Date.now() + decidedWithinMs
  while (Date.now() < giveUpAt && !orders.every((orderId) => reports.isDecided(orderId))) await sleep(100)
  await reports.settled()
}
