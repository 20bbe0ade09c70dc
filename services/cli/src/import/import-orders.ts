import type { Summary } from '@holdpoint/desk-contract'
import type { Row } from '@holdpoint/orders/invoices/columns'
import { type InvoiceFile, openInvoiceFile, orderOfDates } from '@holdpoint/orders/invoices/invoice-file'
import { type BadInvoice, invoicesOf, source } from '@holdpoint/orders/invoices/invoices'
import type { DateOrder } from '@holdpoint/orders/invoices/wall-time'
import type { OrderEvent } from '@holdpoint/schemas'
import { untilDecided } from '../desk/until-decided.ts'
import { Misuse } from '../failures.ts'
import { count, Progress } from '../progress.ts'
import type { Session } from '../session.ts'
import { openUpstream } from '../upstream/open-upstream.ts'
import { sendAll } from '../upstream/send-all.ts'
import { NotSent } from './not-sent.ts'
import { OwnDeadLetters } from './own-dead-letters.ts'

export interface ImportOptions {
  rate?: number
  limit?: number
  http?: boolean
  /** False leaves as soon as everything is sent. */
  wait: boolean
  encoding?: string
  dates?: DateOrder
  /** File for every invoice that could not be sent. */
  problems?: string
}

export interface Imported extends Summary {
  /** Invoices that were sent. */
  sent: number
  /** Invoices that the file holds in a form that could not be sent, or that the door refused. */
  notSent: number
  /** The first of them. */
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
  const file = openInvoiceFile(path, options.encoding)
  const dates = await lookAt(session, path, file, options.dates)
  const notSent = new NotSent(options.problems)
  const upstream = await openUpstream(session.places, options.http === true)
  const since = session.now()
  const begun = performance.now()
  try {
    const { sent, orderIds, last } = await send(session, upstream, { file, dates, notSent, options })
    const sending = secondsSince(begun)
    const dead = new OwnDeadLetters(session.desk, orderIds, since)
    const decided = await decide(session, { orders: sent, last, dead }, options.wait)
    return {
      sent,
      ...decided.summary,
      deadLetters: dead.byCode,
      notSent: notSent.count,
      bad: notSent.first,
      undecided: decided.undecided,
      seconds: { sending, deciding: Math.round(1000 * (secondsSince(begun) - sending)) / 1000 },
    }
  } finally {
    notSent.close()
    await upstream.stop()
  }
}

/** Looks at the whole file before anything of it is sent: at its encoding, and at how its dates are meant. */
async function lookAt(
  { terminal }: Session,
  path: string,
  file: InvoiceFile,
  said: DateOrder | undefined,
): Promise<DateOrder | undefined> {
  const first = await firstRow(file)
  if (!first)
    throw new Misuse(`${path} is empty: it holds no invoices behind the line that names the columns.`)
  await file.checkText()
  if (said !== undefined) return said
  const order = await orderOfDates(file, first)
  if (!order) return undefined
  const { dates, because } = order
  terminal.err(`Dates are read as ${dates}, as line ${because.at} says: ${because.values.InvoiceDate}\n`)
  return dates
}

async function firstRow(file: InvoiceFile): Promise<Row | undefined> {
  for await (const row of file.rows()) return row
  return undefined
}

interface Sending {
  file: InvoiceFile
  dates: DateOrder | undefined
  notSent: NotSent
  options: ImportOptions
}

async function send(
  session: Session,
  upstream: Awaited<ReturnType<typeof openUpstream>>,
  sending: Sending,
): Promise<{ sent: number; orderIds: Set<string>; last: string[] }> {
  const { file, notSent, options } = sending
  const orderIds = new Set<string>()
  const last: string[] = []
  const progress = new Progress(session.terminal, 'Sending', 'orders')
  const { sent, refused } = await sendAll(upstream, eventsOf(sending, orderIds), {
    rate: options.rate,
    onSent(soFar, orderId) {
      last.push(orderId)
      if (last.length > 16) last.shift()
      progress.set(soFar, options.limit ? Math.min(1, soFar / options.limit) : file.part())
    },
  })
  progress.end()
  for (const { event, why } of refused) notSent.add({ invoice: event.orderId, problems: [why] })
  return { sent, orderIds, last }
}

async function* eventsOf(
  { file, dates, notSent, options }: Sending,
  orderIds: Set<string>,
): AsyncGenerator<OrderEvent> {
  let left = options.limit ?? Number.POSITIVE_INFINITY
  for await (const invoice of invoicesOf(file.rows(), dates)) {
    if ('bad' in invoice) notSent.add(invoice.bad)
    else {
      orderIds.add(invoice.event.orderId)
      yield invoice.event
      if (--left === 0) return
    }
  }
}

async function decide(
  { desk, terminal }: Session,
  { dead, ...sent }: { orders: number; last: string[]; dead: OwnDeadLetters },
  wait: boolean,
): Promise<{ summary: Summary; undecided: number }> {
  if (!wait) {
    await dead.read()
    return { summary: await desk.get<Summary>('/summary', { source }), undecided: 0 }
  }
  const progress = new Progress(terminal, 'Deciding', 'orders')
  const decided = await untilDecided(desk, {
    source,
    ...sent,
    dead: () => dead.read(),
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
  cancelled,
  cases,
  deadLetters,
  notSent,
  seconds,
}: Imported): string {
  const rows: [string, number][] = [
    ['invoices sent', sent],
    ['orders known', orders],
    ['  proceed', proceeded],
    ['  held', held],
    ['  stopped', stopped],
    ['  cancelled', cancelled],
    ...Object.values(cases).map(({ name, open, closed }): [string, number] => [
      `cases: ${name}`,
      open + closed,
    ]),
    ...Object.entries(deadLetters).map(([code, n]): [string, number] => [`dead letters: ${code}`, n]),
    ['invoices not sent', notSent],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, n]) => `${name.padEnd(width)}  ${count(n).padStart(8)}\n`)
  return `${lines.join('')}${count(Math.round(sent / Math.max(seconds.sending, 0.001)))} orders/s sent, ${(seconds.sending + seconds.deciding).toFixed(1)} s in all\n`
}
