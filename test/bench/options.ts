import { parseArgs } from 'node:util'

export interface BenchOptions {
  /** Orders of the retail mix. */
  orders: number
  /** Orders that all become cases. */
  caseOrders: number
  pendingTimers: number
  /** Where the JSON goes; beside the bench's data when not said. */
  json: string | undefined
}

const usage = `npm run bench -- [--orders N] [--case-orders N] [--timers N] [--json FILE]

  --orders N        orders of the retail mix; beyond a year's invoices they repeat under other numbers (100000)
  --case-orders N   orders of the run in which every order becomes a case (10000)
  --timers N        timers that are pending while some come due (100000)
  --json FILE       where the result goes as JSON (.holdpoint/bench/result.json)`

export function readOptions(): BenchOptions {
  const { values } = parseArgs({
    options: {
      orders: { type: 'string', default: '100000' },
      'case-orders': { type: 'string', default: '10000' },
      timers: { type: 'string', default: '100000' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    process.exit(0)
  }
  return {
    orders: count(values.orders, '--orders'),
    caseOrders: count(values['case-orders'], '--case-orders'),
    pendingTimers: count(values.timers, '--timers'),
    json: values.json,
  }
}

function count(text: string, option: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  process.stderr.write(`${option} takes a whole number above 0, not "${text}".\n\n${usage}\n`)
  return process.exit(2)
}
