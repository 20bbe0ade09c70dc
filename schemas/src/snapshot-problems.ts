import { eventLimits } from './event-limits.ts'
import { formProblems } from './field-forms.ts'
import { isDiscount } from './field-values.ts'
import type { Line, Order, Problem } from './generated/types.ts'
import { idFault } from './visible-text.ts'

/**
 * What makes a snapshot impossible to keep. Messy but possible data (no customer, a negative quantity, an odd
 * address) is no problem here: the policy makes cases of it. A day, currency or discount that cannot exist is one.
 */
export function snapshotProblems(order: Order): Problem[] {
  const problems: Problem[] = formProblems(order).map(({ path, problem }) => ({
    path: `order.${path}`,
    message: `is ${problem}`,
  }))
  if (order.lines.length > eventLimits.lines) {
    const message = `has ${order.lines.length} lines, ${eventLimits.lines} are allowed.`
    return [...problems, { path: 'order.lines', message }]
  }
  const seen = new Set<string>()
  order.lines.forEach((line, index) => {
    const message = lineIdProblem(line, seen)
    if (message) problems.push({ path: `order.lines.${index}.lineId`, message })
    seen.add(line.lineId)
    const { discountPercent: percent } = line
    if (percent !== null && !isDiscount(percent))
      problems.push({
        path: `order.lines.${index}.discountPercent`,
        message: `is ${percent}: send a discount of at least 0 and at most 100 percent.`,
      })
  })
  return problems
}

/** Nearly all ids, so that one look is enough. */
const plainId = new RegExp(`^[A-Za-z0-9_-]{1,${eventLimits.nameBytes}}$`)

/** Paths name a line by its id (`lines.<lineId>.quantity`), so it is unique and has no dot. */
function lineIdProblem({ lineId }: Line, seen: ReadonlySet<string>): string | undefined {
  if (lineId === '') return 'is empty: number the lines.'
  if (seen.has(lineId)) return `"${lineId}" is used by another line: number each line once.`
  if (plainId.test(lineId)) return undefined
  if (Buffer.byteLength(lineId) > eventLimits.nameBytes || /[.*\s]/.test(lineId))
    return `may have ${eventLimits.nameBytes} bytes, without dots, stars and blanks.`
  return idFault(lineId)
}
