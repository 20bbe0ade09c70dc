/**
 * Fields of an order by path: `shipping.city`, `lines.<lineId>.quantity`. Values are text: decimals in canonical
 * form, booleans `true` or `false`, instants ISO 8601, absent ones empty.
 */
import { canonicalDecimal } from './decimal.ts'
import type { Line, Order } from './generated/types.ts'
import { readInstant } from './instant.ts'
import { fieldByPath, fields, lineFields, type OrderField } from './order-fields.ts'

type Value = string | number | boolean | null
type Section = Readonly<Record<string, Value>>
/** Where a path leads: a field of the order itself, of one of its sections, or of a line. */
type Place = { field: OrderField; name: string; section?: string; lineId?: string }

/** Where the fields are that do not belong to lines. */
const plainPlaces = fields
  .filter((field) => !field.path.startsWith('lines.'))
  .map((f) => placeOf(f.path) as Place)

/** Every field that an order has; those of lines as `lines.*.x`. */
export const orderFields = (): readonly OrderField[] => fields

/** Whether a path names a field of an order (of some line, for paths of lines). */
export const isField = (path: string): boolean => placeOf(path) !== undefined

/** The value at a path as text; undefined when the order has no such path. */
export function readField(order: Order, path: string): string | undefined {
  const place = placeOf(path)
  const holder = place && holderOf(order, place)
  return holder && textOf(holder[place.name] as Value, place.field)
}

/** A copy of the order with one value changed, or what is wrong with the path or the value. */
export function writeField(order: Order, path: string, text: string): { order: Order } | { problem: string } {
  const place = placeOf(path)
  if (!place) return { problem: `An order has no field ${path}.` }
  const holder = holderOf(order, place)
  if (!holder) return { problem: `The order has no line ${place.lineId}.` }
  const value = parseText(text, place.field)
  if (value === undefined)
    return {
      problem: `${path} takes ${expectation(place.field)}, not "${text}"${reasonFor(text, place.field)}.`,
    }
  return { order: replace(order, place, { ...holder, [place.name]: value }) }
}

/** Whether a pattern covers a path: `shipping.*`, `lines.*.quantity`, or the path itself; `*` stands for one name. */
export function fieldMatches(pattern: string, path: string): boolean {
  if (pattern === path) return true
  const place = placeOf(path)
  if (!place) return false
  const parts = place.lineId === undefined ? path.split('.') : ['lines', place.lineId, place.name]
  const wanted = pattern.split('.')
  return wanted.length === parts.length && wanted.every((name, i) => name === '*' || name === parts[i])
}

export interface Difference {
  /** Path of the field; `lines.<lineId>` for a line that came or went; `lines` when lines only changed places. */
  path: string
  /** Value before: text, JSON for a whole line or for the line ids in their order; empty when absent. */
  from: string
  to: string
}

/** Everything that differs, in the order of the schema. Empty exactly when both have the same digest. */
export function diffOrders(from: Order | null, to: Order): Difference[] {
  const plain = plainPlaces.flatMap((place) =>
    differentValue(place.field.path, place.field, valueAt(from, place), valueAt(to, place)),
  )
  return [...plain, ...diffLines(from?.lines ?? [], to.lines)]
}

function diffLines(from: readonly Line[], to: readonly Line[]): Difference[] {
  const before = byId(from)
  const after = byId(to)
  const gone = from.filter((line) => !after.has(line.lineId)).map((line) => difference(line, undefined))
  const rest = to.flatMap((line) => {
    const old = before.get(line.lineId)
    return old ? diffLine(old, line) : [difference(undefined, line)]
  })
  return [...gone, ...rest, ...moved(from, to, before, after)]
}

function diffLine(from: Line, to: Line): Difference[] {
  const found: Difference[] = []
  for (const [name, field] of lineFields) {
    const [before, after] = [from[name as keyof Line], to[name as keyof Line]]
    if (before !== after) found.push(...differentValue(`lines.${to.lineId}.${name}`, field, before, after))
  }
  return found
}

function moved(
  from: readonly Line[],
  to: readonly Line[],
  before: LinesById,
  after: LinesById,
): Difference[] {
  const kept = (lines: readonly Line[], other: LinesById) =>
    JSON.stringify(lines.map((line) => line.lineId).filter((id) => other.has(id)))
  return different('lines', kept(from, after), kept(to, before))
}

type LinesById = ReadonlyMap<string, Line>
const byId = (lines: readonly Line[]): LinesById => new Map(lines.map((line) => [line.lineId, line]))

const difference = (from: Line | undefined, to: Line | undefined): Difference => ({
  path: `lines.${(to ?? from)?.lineId}`,
  from: from ? JSON.stringify(from) : '',
  to: to ? JSON.stringify(to) : '',
})

function differentValue(path: string, field: OrderField, from: Value, to: Value): Difference[] {
  return from === to ? [] : different(path, textOf(from, field), textOf(to, field))
}

const different = (path: string, from: string, to: string): Difference[] =>
  from === to ? [] : [{ path, from, to }]

const valueAt = (order: Order | null, place: Place): Value =>
  order && ((holderOf(order, place) as Section)[place.name] as Value)

/** A line id may hold points itself: the name of the field is what stands behind the last one. */
function placeOf(path: string): Place | undefined {
  const last = path.lastIndexOf('.')
  const name = path.slice(last + 1)
  if (path.startsWith('lines.')) {
    const lineId = path.slice('lines.'.length, Math.max(last, 'lines.'.length))
    const field = lineFields.get(name)
    return field && lineId !== '' ? { field, name, lineId } : undefined
  }
  const field = fieldByPath.get(path)
  if (!field) return undefined
  return last < 0 ? { field, name } : { field, name, section: path.slice(0, last) }
}

function holderOf(order: Order, place: Place): Section | undefined {
  if (place.lineId !== undefined) {
    return order.lines.find((line) => line.lineId === place.lineId) as Section | undefined
  }
  return (place.section ? order[place.section as keyof Order] : order) as unknown as Section
}

function replace(order: Order, place: Place, holder: Section): Order {
  if (place.lineId !== undefined) {
    const lines = order.lines.map((line) => (line.lineId === place.lineId ? holder : line))
    return { ...order, lines: lines as unknown as Line[] }
  }
  return place.section ? { ...order, [place.section]: holder } : (holder as unknown as Order)
}

function textOf(value: Value, field: OrderField): string {
  if (value === null) return ''
  return field.type === 'instant' ? new Date(value as number).toISOString() : String(value)
}

function parseText(text: string, field: OrderField): Value | undefined {
  if (field.optional && text === '') return null
  switch (field.type) {
    case 'text':
      return text.isWellFormed() ? text : undefined
    case 'decimal':
      return canonicalDecimal(text)
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'instant':
      return instantOf(text)
  }
}

/** Milliseconds of an ISO 8601 instant with its offset from UTC; undefined for anything else. */
export function instantOf(text: string): number | undefined {
  const read = readInstant(text)
  return 'atMs' in read ? read.atMs : undefined
}

/** Such as: there is no 30 February 2026. */
function reasonFor(text: string, field: OrderField): string {
  const read = field.type === 'instant' ? readInstant(text) : {}
  return 'problem' in read ? `: ${read.problem}` : ''
}

const expectations = {
  text: 'text',
  decimal: 'a decimal number with at most 14 digits before the point and four behind it, such as 12.5',
  boolean: 'true or false',
  instant: 'an instant such as 2026-03-02T09:30:00Z',
} satisfies Record<OrderField['type'], string>

const expectation = (field: OrderField): string =>
  expectations[field.type] + (field.optional ? ', or nothing' : '')
