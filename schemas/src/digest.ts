import { hash } from 'node:crypto'
import type { Type, types } from 'avsc'
import type { Order, Proposal } from './generated/types.ts'
import { orderType } from './schema-type.ts'

/** SHA-256 as 64 hexadecimal digits; text is taken as UTF-8. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex')

/** SHA-256 of the canonical JSON of an order. */
export const orderDigest = (order: Order): string => sha256(canonicalOrder(order))

/**
 * What somebody has before them who decides a case: the digest of its order and, where values wait for a yes, behind a
 * plus the digest of those. A decision carries it, so that nobody says yes to values that they have not seen.
 */
export function viewDigest(ofOrder: string, proposal: Pick<Proposal, 'corrections'> | null): string {
  if (!proposal) return ofOrder
  const values = proposal.corrections.map(({ path, value }) => [path, value])
  return `${ofOrder}+${sha256(JSON.stringify(values))}`
}

/** The digest of the order in such a one. */
export const orderSeen = (view: string): string => view.split('+', 1)[0] ?? ''

/**
 * An order as canonical JSON (RFC 8785), in which absent values (null, empty text) are left out: a field that the
 * schema gains later changes no digest of an order that does not use it.
 */
export const canonicalOrder = (order: Order): string => JSON.stringify(canonicalCopy(order, orderShape()))

/** JSON by RFC 8785 (names in the order of their UTF-16 units, no blanks) without members that are null or ''. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = value as Members
  const texts = Object.keys(members)
    .sort()
    .filter((name) => !isAbsent(members[name]))
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(members[name])}`)
  return `{${texts.join(',')}}`
}

type Members = Record<string, unknown>
/** Names of a record in canonical order, with the shape of those that are records or lists of records. */
type Shape = readonly { name: string; inner: Shape | undefined }[]

const isAbsent = (value: unknown): boolean => value === null || value === undefined || value === ''

let shape: Shape | undefined

function orderShape(): Shape {
  shape ??= shapeOf(orderType()) as Shape
  return shape
}

function shapeOf(type: Type): Shape | undefined {
  if (type.typeName === 'array') return shapeOf((type as types.ArrayType).itemsType)
  if (type.typeName !== 'record') return undefined
  const fields = (type as types.RecordType).fields.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return fields.map((field) => ({ name: field.name, inner: shapeOf(field.type) }))
}

/** A copy whose members stand in canonical order, so that JSON.stringify writes canonical JSON. */
function canonicalCopy(value: object, members: Shape): Members {
  const copy: Members = {}
  for (const { name, inner } of members) {
    const member = (value as Members)[name]
    if (isAbsent(member)) continue
    if (!inner) copy[name] = member
    else if (Array.isArray(member)) copy[name] = member.map((item) => canonicalCopy(item, inner))
    else copy[name] = canonicalCopy(member as object, inner)
  }
  return copy
}
