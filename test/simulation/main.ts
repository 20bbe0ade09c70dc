/** `npm run simulate -- --orders N`: a month of orders on the virtual clock; prints what became of the cases. */
import { countIn, orEnd, readArguments } from '@holdpoint/local'
import { type MonthResult, simulateMonth } from './month.ts'

const flags = { orders: { type: 'string', default: '100000' } } as const
const orders = orEnd(() =>
  countIn('simulate', '--orders', readArguments('simulate', process.argv.slice(2), flags).orders),
)
const since = performance.now()
const month = simulateMonth(orders)
console.log(textOf(month, performance.now() - since))
process.exitCode = Object.values(month.left).every((left) => left === 0) ? 0 : 1

function textOf(month: MonthResult, ms: number): string {
  const { types, left } = month
  const rows = types.map((one) =>
    [
      one.name.padEnd(44),
      count(one.cases, 7),
      percent(one.withinTime / one.cases),
      count(one.escalated, 9),
      count(one.asked, 6),
      count(one.reopened, 8),
      one.medianHours.toFixed(1).padStart(9),
    ].join('  '),
  )
  const head =
    'EXCEPTION                                       CASES  IN TIME  ESCALATED   ASKED  REOPENED  MEDIAN h'
  const cases = types.reduce((sum, one) => sum + one.cases, 0)
  return [
    head,
    ...rows,
    '',
    `${count(month.orders)} orders, ${count(cases)} cases, ${count(month.events)} events; the last case closed after ${month.days.toFixed(1)} days.`,
    `Left: ${left.openCases} open cases, ${left.heldOrders} held orders, ${left.pendingTimers} pending timers, ${left.lostTimers} lost timers.`,
    `${count(month.inputs)} inputs of the router took ${month.microsPerInput.toFixed(1)} µs each; all of it ${(ms / 1_000).toFixed(1)} s.`,
  ].join('\n')
}

function count(number: number, width = 0): string {
  return number.toLocaleString('en').padStart(width)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`.padStart(7)
}
