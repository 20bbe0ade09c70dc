import type { OrderEvent } from '@holdpoint/schemas'
import type { Summary } from '../desk/answers.ts'
import { untilDecided } from '../desk/until-decided.ts'
import { count, Progress } from '../progress.ts'
import type { Session } from '../session.ts'
import { sendAll } from '../upstream/send-all.ts'
import { openUpstream } from '../upstream/upstream.ts'
import { openCsv } from './csv-rows.ts'
import { type BadInvoice, invoicesOf, source } from './invoices.ts'

export interface ImportOptions {
  rate?: number
  limit?: number
  http?: boolean
  /** False leaves as soon as everything is sent. */
  wait: boolean
}

export interface Imported extends Summary {
  /** Invoices that were sent. */
  sent: number
  /** Invoices that the file holds in a form that could not be sent, or that the door refused. */
  bad: BadInvoice[]
  /** Orders without a decision when waiting ended. */
  undecided: number
  seconds: { sending: number; deciding: number }
}

/** Sends the invoices of an Online Retail file as order events and waits until all are decided. */
export async function importOrders(
  session: Session,
  path: string,
  options: ImportOptions,
): Promise<Imported> {
  const file = openCsv(path)
  const upstream = await openUpstream(session.places, options.http === true)
  const since = new Date(session.now()).toISOString()
  const begun = performance.now()
  const bad: BadInvoice[] = []
  const last: string[] = []
  const progress = new Progress(session.terminal, 'Sending', 'orders')
  try {
    const events = eventsOf(file.rows, options.limit, bad)
    const { sent, refused } = await sendAll(upstream, events, {
      rate: options.rate,
      onSent(soFar, orderId) {
        last.push(orderId)
        if (last.length > 16) last.shift()
        progress.set(soFar, options.limit ? Math.min(1, soFar / options.limit) : file.read() / file.size)
      },
    })
    progress.end()
    bad.push(...refused.map(({ event, why }) => ({ invoice: event.orderId, problems: [why] })))
    const sending = secondsSince(begun)
    const decided = await decide(session, { orders: sent, last, since }, options.wait)
    return {
      sent,
      ...decided.summary,
      bad,
      undecided: decided.undecided,
      seconds: { sending, deciding: Math.round(1000 * (secondsSince(begun) - sending)) / 1000 },
    }
  } finally {
    await upstream.stop()
  }
}

async function* eventsOf(
  rows: Parameters<typeof invoicesOf>[0],
  limit = Number.POSITIVE_INFINITY,
  bad: BadInvoice[],
): AsyncGenerator<OrderEvent> {
  let left = limit
  if (left <= 0) return
  for await (const invoice of invoicesOf(rows)) {
    if ('bad' in invoice) bad.push(invoice.bad)
    else {
      yield invoice.event
      if (--left === 0) return
    }
  }
}

async function decide(
  { desk, terminal }: Session,
  sent: { orders: number; last: string[]; since: string },
  wait: boolean,
): Promise<{ summary: Summary; undecided: number }> {
  if (!wait) return { summary: await desk.get<Summary>('/summary', { source }), undecided: 0 }
  const progress = new Progress(terminal, 'Deciding', 'orders')
  const decided = await untilDecided(desk, {
    source,
    ...sent,
    patienceMs: 30_000,
    onProgress: (done, of) => progress.set(done, of === 0 ? 1 : done / of),
  })
  if (decided.undecided === 0) progress.end()
  else terminal.err('\n')
  return decided
}

const secondsSince = (begun: number): number => Math.round(performance.now() - begun) / 1000

/** The result as people read it. */
export function importText({
  sent,
  orders,
  proceeded,
  held,
  stopped,
  cases,
  deadLetters,
  bad,
  seconds,
}: Imported): string {
  const rows: [string, number][] = [
    ['invoices sent', sent],
    ['orders known', orders],
    ['  proceed', proceeded],
    ['  held', held],
    ['  stopped', stopped],
    ...Object.values(cases).map(({ name, open, closed }): [string, number] => [
      `cases: ${name}`,
      open + closed,
    ]),
    ...Object.entries(deadLetters).map(([code, n]): [string, number] => [`dead letters: ${code}`, n]),
    ['invoices not sent', bad.length],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, n]) => `${name.padEnd(width)}  ${count(n).padStart(8)}\n`)
  return `${lines.join('')}${count(Math.round(sent / Math.max(seconds.sending, 0.001)))} orders/s sent, ${(seconds.sending + seconds.deciding).toFixed(1)} s in all\n`
}
