import type { Change, Correction, ShownOrder } from '@holdpoint/desk-contract'
import type { Line } from '@holdpoint/schemas'
import { sentence } from '../text/format.ts'

export interface Field {
  path: string
  label: string
  value: string
  /** Answered by yes or no. */
  isFlag: boolean
}

/** `postalCode` → `Postal code`; `taxId` → `Tax id`. */
export const showField = (name: string): string => sentence(words(name))

/** `shipping.postalCode` → `Shipping postal code`; `lines.7.quantity` → `Line 7 quantity`. */
export function showPath(path: string): string {
  const [, lineId, field] = /^lines\.(.+?)(?:\.(\w+))?$/.exec(path) ?? []
  if (lineId) return `Line ${lineId}${field ? ` ${words(field)}` : ''}`
  return sentence(path.split('.').map(words).join(' '))
}

const words = (name: string): string => name.replace(/([A-Z])/g, ' $1').toLowerCase()

/**
 * The name of a part of a rule's expression where it is a plain one: `order.shipping.country` → `Shipping country`;
 * undefined where the expression has to speak for itself.
 */
export function showExpression(expression: string): string | undefined {
  if (!/^[a-z]\w*(\.\w+)*$/i.test(expression)) return undefined
  const path = expression.replace(/^order\./, '')
  return derivedNames[path] ?? sentence(path.split('.').map(words).join(' '))
}

const derivedNames: Record<string, string> = {
  'lines.total': 'Total of the lines',
  'lines.count': 'Number of lines',
  'lines.minQuantity': 'Lowest quantity of a line',
  'lines.minUnitPrice': 'Lowest unit price of a line',
  'lines.maxDiscountPercent': 'Highest discount of a line, in percent',
  'request.kind': 'Asked for',
}

export const showValue = (value: string): string =>
  ({ '': '(empty)', true: 'yes', false: 'no' })[value] ?? value

/** `Shipping country: US → GB`; a line that came or went as a whole is not spelled out. */
export function describeChange({ path, from, to }: Pick<Change, 'path' | 'from' | 'to'>): string {
  if (/^lines\.[^.]+$/.test(path)) return `${showPath(path)} ${from === '' ? 'added' : 'removed'}`
  return `${showPath(path)}: ${showValue(from)} → ${showValue(to)}`
}

/** The order's fields that one of the patterns (`shipping.*`, `lines.*.quantity`, `billing.terms`) names. */
export function correctableFields(order: ShownOrder, patterns: string[]): Field[] {
  return fieldsOf(order).filter((field) => patterns.some((pattern) => matches(pattern, field.path)))
}

/** What a person typed, by path. */
export type Edits = Readonly<Record<string, string>>

/** Only the fields whose value is another one now, each with the value that the person saw. */
export function correctionsIn(order: ShownOrder | null, patterns: string[], edits: Edits): Correction[] {
  if (!order) return []
  return correctableFields(order, patterns).flatMap(({ path, value: expected }) => {
    const value = edits[path]?.trim()
    return value === undefined || value === expected ? [] : [{ path, expected, value }]
  })
}

/** Values that are granted: those that differ from what was asked for, or from the order where nothing was. */
export function grantsIn(
  order: ShownOrder | null,
  patterns: string[],
  edits: Edits,
  asked: Edits,
): Correction[] {
  if (!order) return []
  return correctableFields(order, patterns).flatMap(({ path, value: expected }) => {
    const value = edits[path]?.trim()
    return value === undefined || value === (asked[path] ?? expected) ? [] : [{ path, expected, value }]
  })
}

/** Empty ones and zeros first: among a thousand lines they are what a case is about. */
export function suspiciousFirst(fields: Field[]): Field[] {
  const isSuspicious = (field: Field) => field.value === '' || field.value === '0'
  return [...fields.filter(isSuspicious), ...fields.filter((field) => !isSuspicious(field))]
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('.')
  const parts = path.split('.')
  return (
    wanted.length === parts.length && wanted.every((part, index) => part === '*' || part === parts[index])
  )
}

function fieldsOf(order: ShownOrder): Field[] {
  const fields: Field[] = []
  for (const [name, value] of Object.entries(order)) {
    if (name === 'lines') continue
    if (value === null || typeof value !== 'object') fields.push(field(name, value))
    else for (const [inner, leaf] of Object.entries(value)) fields.push(field(`${name}.${inner}`, leaf))
  }
  return [...fields, ...order.lines.flatMap(fieldsOfLine)]
}

function fieldsOfLine(line: Line): Field[] {
  const what = line.description || line.sku
  return Object.entries(line)
    .filter(([name]) => name !== 'lineId')
    .map(([name, value]) => {
      const one = field(`lines.${line.lineId}.${name}`, value)
      return what ? { ...one, label: `${one.label} (${what})` } : one
    })
}

const field = (path: string, value: unknown): Field => ({
  path,
  label: showPath(path),
  value: value === null || value === undefined ? '' : String(value),
  isFlag: typeof value === 'boolean',
})
