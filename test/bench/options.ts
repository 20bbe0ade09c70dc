import { countIn, orEnd, readArguments } from '@holdpoint/local'

export interface BenchOptions {
  /** Orders of the retail mix. */
  orders: number
  /** Orders that all become cases. */
  caseOrders: number
  pendingTimers: number
  /** The ladder of rates only. */
  ladderOnly: boolean
  /** Where the JSON goes; beside the bench's data when not said. */
  json: string | undefined
}

const flags = {
  orders: { type: 'string', default: '100000' },
  'case-orders': { type: 'string', default: '10000' },
  timers: { type: 'string', default: '100000' },
  ladder: { type: 'boolean', default: false },
  json: { type: 'string' },
} as const

/** A wrong option ends the process. */
export const readOptions = (args = process.argv.slice(2)): BenchOptions => orEnd(() => optionsIn(args))

function optionsIn(args: readonly string[]): BenchOptions {
  const values = readArguments('bench', args, flags)
  const count = (text: string, option: string) => countIn('bench', option, text)
  return {
    orders: count(values.orders, '--orders'),
    caseOrders: count(values['case-orders'], '--case-orders'),
    pendingTimers: count(values.timers, '--timers'),
    ladderOnly: values.ladder,
    json: values.json,
  }
}
