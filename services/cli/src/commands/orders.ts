import type { OrderView } from '@holdpoint/desk-contract'
import { dateOrders } from '@holdpoint/orders/invoices/wall-time'
import { mixes } from '@holdpoint/orders/made/oddities'
import { type Command, Option } from 'commander'
import { anyWholeNumber, capitalLetter, positiveNumber, wholeNumber } from '../arguments.ts'
import { casesText } from '../cases/case-text.ts'
import { findCases } from '../cases/read-cases.ts'
import { deskPath } from '../desk/path.ts'
import { type GenerateOptions, generateOrders } from '../generate/generate-orders.ts'
import { type ImportOptions, importOrders, importText } from '../import/import-orders.ts'
import { textOf } from '../import/not-sent.ts'
import { orderText } from '../orders/order-text.ts'
import { type SendOptions, sendOrders } from '../orders/send-orders.ts'
import { count } from '../progress.ts'
import { type Session, type World, work } from '../session.ts'

const importExamples = `
The file is the public "Online Retail" data (UCI, https://doi.org/10.24432/C5BW33): the workbook as it is published, or
CSV with commas, semicolons or tabs, plain or .gz. One line stands for each line of an invoice. Each invoice becomes one
order; one whose number starts with C becomes a cancelled one. The same file may be imported again: what is known is
dropped. Dates are 2010-12-01 08:26 or 1.12.2010 08:26; what 12/1/2010 8:26 means is said by --dates, unless a date of the
file shows it. Where semicolons part the columns, a comma is the decimal sign.
An invoice that cannot be used is named with its lines and reasons, the rest is sent; the exit code is 1.

Examples:
  holdpoint orders import "Online Retail.xlsx"
  holdpoint orders import online-retail.csv.gz --limit 500 --rate 50
  holdpoint orders import data.csv --encoding windows-1252 --dates m/d/y
  holdpoint orders import online-retail.csv.gz --json > summary.json`

const generateExamples = `
Made-up orders of a gift wholesaler, with the odd cases of real data: no customer, abroad, large, discounts and lines by
hand, zero prices, negative quantities, credit notes, requests for other terms or another address, later changes and
cancellations. Of a tidy mix four orders of five go straight through the sample policy; of a real one, with as many odd
ones as in a year of real invoices, two of five. The same seed, day and mix give the same orders.

Examples:
  holdpoint orders generate --count 100
  holdpoint orders generate --continuous --orders-per-minute 30 --seed 7
  holdpoint orders generate --count 3 --dry-run --json`

const sendExamples = `
A file holds one order event, or a list of them. Fields that are left out take their defaults; every problem is named
before anything is sent.

Example of a file:
  { "eventId": "1", "source": "webshop", "orderId": "SO-1", "occurredAt": "2026-03-02T09:30:00Z", "kind": "PLACED",
    "order": { "customer": { "id": "17850", "name": "Stump Street Gifts" }, "currency": "GBP",
               "lines": [{ "lineId": "1", "sku": "85123A", "quantity": 6, "unitPrice": "2.55" }],
               "placedAt": "2026-03-02T09:30:00Z" } }

Examples:
  holdpoint orders send order.json
  holdpoint orders send order.json --http --wait`

export function addOrders(program: Command, world: World): void {
  const orders = program
    .command('orders')
    .description('Send orders as an upstream system does, and look at them')
  orders
    .command('import')
    .argument('<file>', 'workbook (.xlsx) or CSV, plain or .gz')
    .description('Import the Online Retail invoices and wait until all are decided')
    .option('--rate <n>', 'at most so many orders a second', positiveNumber)
    .option('--limit <n>', 'only the first so many invoices', wholeNumber)
    .option('--http', "through intake's HTTP door instead of Kafka")
    .option('--no-wait', 'leave as soon as everything is sent')
    .option('--encoding <name>', 'what a CSV file is written in, such as windows-1252 (utf-8 unless said)')
    .addOption(new Option('--dates <order>', 'what 12/1/2010 means').choices(dateOrders))
    .option('--problems <file>', 'write every invoice that could not be sent to this file')
    .addHelpText('after', importExamples)
    .action(work<ImportOptions>(world, importFile))
  orders
    .command('generate')
    .description('Send made-up orders that look real')
    .option('--count <n>', 'so many orders', wholeNumber)
    .option('--continuous', 'go on until Ctrl-C')
    .option('--orders-per-minute <n>', 'at this pace (continuous: 30 unless said)', positiveNumber)
    .option('--at-once <n>', 'of a continuous stream, so many orders before the pace begins', wholeNumber)
    .addOption(new Option('--mix <mix>', 'how many are odd').choices(mixes).default('tidy'))
    .option('--letter <A-Z>', 'first letter of the order ids', capitalLetter, 'W')
    .option('--seed <n>', 'which orders', anyWholeNumber, 1)
    .option('--day <YYYY-MM-DD>', 'the orders were placed in the days before it (today unless said)')
    .option('--http', "through intake's HTTP door instead of Kafka")
    .option('--no-stages', 'do not report stages as billing and warehouse would')
    .option('--dry-run', 'print the events instead of sending them')
    .addHelpText('after', generateExamples)
    .action(work<GenerateOptions>(world, (session, options) => generateOrders(session, options)))
  orders
    .command('send')
    .argument('<file>', 'JSON file with one order event or a list')
    .description('Send order events of your own')
    .option('--http', "through intake's HTTP door instead of Kafka")
    .option('--wait', 'wait until the desk shows what became of them')
    .addHelpText('after', sendExamples)
    .action(
      work<SendOptions>(world, (session, options, file) => sendOrders(session, file as string, options)),
    )
  orders
    .command('stopped')
    .description('List stopped orders of which nobody has said what now, the most urgent first')
    .option('--limit <n>', 'at most so many', wholeNumber, 50)
    .addHelpText('after', '\nExample:\n  holdpoint orders stopped')
    .action(work<{ limit: number }>(world, stopped))
  orders
    .command('show')
    .argument('<order>', 'order id')
    .description('Show an order with everything on it: stages, cases, revisions, decisions, messages')
    .addHelpText('after', '\nExample:\n  holdpoint orders show SO-1042')
    .action(work(world, show))
}

/** So many invoices that were not sent are named; the rest is counted. */
const mostTold = 20

async function importFile(session: Session, options: ImportOptions, file?: string): Promise<void> {
  const imported = await importOrders(session, file as string, options)
  session.show(imported, () => importText(imported))
  const told = imported.bad.slice(0, mostTold)
  for (const bad of told) session.terminal.err(`${textOf(bad)}\n`)
  const more = imported.notSent - told.length
  if (more > 0)
    session.terminal.err(
      `${count(more)} more were not sent${options.problems ? `: see ${options.problems}` : '; --problems FILE writes all of them'}.\n`,
    )
  if (imported.undecided > 0)
    session.terminal.err(
      `${imported.undecided} orders have no decision yet and nothing moves any more: see holdpoint status and the logs.\n`,
    )
  if (imported.notSent + imported.undecided > 0) session.no()
}

async function stopped(session: Session, { limit }: { limit: number }): Promise<void> {
  const found = await findCases(session.desk, { status: 'stopped', limit })
  session.show(found, () =>
    found.total === 0
      ? 'No stopped order waits for anybody to say what now.\n'
      : casesText(found, session.now()),
  )
}

async function show({ desk, show: print, now }: Session, _options: object, orderId?: string): Promise<void> {
  const view = await desk.get<OrderView>(deskPath('orders', orderId as string))
  print(view, () => orderText(view, now()))
}
