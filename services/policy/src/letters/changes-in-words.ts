import { type Order, orderFields, type PathValue, readInstant } from '@holdpoint/schemas'
import { codeInWords } from './codes-in-words.ts'
import type { Phrases } from './phrases.ts'
import type { Written } from './written.ts'

/** A field in the customer's words, and its value as they write it. */
export interface FieldInWords {
  label: string
  value: string
}

const typeOf = new Map(orderFields().map(({ path, type }) => [path, type]))
const inLine = /^lines\.(.*)\.([^.]+)$/s

/** What was set or asked for, field by field; what a customer knows nothing of is left out. */
export function inWords(
  values: readonly PathValue[],
  order: Order,
  phrases: Phrases,
  written: Written,
): FieldInWords[] {
  return values.flatMap(({ path, value }) => {
    const label = labelOf(path, order, phrases)
    return label === undefined ? [] : [{ label, value: shownValue(path, value, order, phrases, written) }]
  })
}

function labelOf(path: string, order: Order, { fields, line }: Phrases): string | undefined {
  const [, lineId, name = ''] = inLine.exec(path) ?? []
  const known = Object.hasOwn(fields, lineId === undefined ? path : name)
  if (!known) return undefined
  if (lineId === undefined) return fields[path]
  const at = order.lines.findIndex((one) => one.lineId === lineId)
  return at < 0 ? undefined : line(at + 1, fields[name] ?? '')
}

function shownValue(path: string, value: string, order: Order, phrases: Phrases, written: Written): string {
  if (value === '') return phrases.empty
  const kind = path.replace(inLine, 'lines.*.$2')
  switch (typeOf.get(kind)) {
    case 'boolean':
      return value === 'true' ? phrases.yes : phrases.no
    case 'instant': {
      const read = readInstant(value)
      return 'atMs' in read ? written.day(read.atMs) : value
    }
    case 'decimal':
      return amounts.has(kind) ? written.amount(value, order.currency) : value
    default:
      return codeInWords(kind, value, phrases)
  }
}

const amounts = new Set(['lines.*.unitPrice', 'payment.amount', 'declaredTotal'])
