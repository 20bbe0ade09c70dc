import { hash } from 'node:crypto'
import type { Order } from './generated/types.ts'

/** SHA-256 as 64 hexadecimal digits; text is taken as UTF-8. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex')

/**
 * SHA-256 of the canonical JSON (RFC 8785) of an order, in which absent values (null, empty text) are left out:
 * a field that the schema gains later changes no digest of an order that does not use it.
 */
export const orderDigest = (order: Order): string => sha256(canonicalJson(order))

/** JSON by RFC 8785 (names in the order of their UTF-16 units, no blanks) without members that are null or ''. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = value as Record<string, unknown>
  let text = ''
  for (const name of sortedNames(members)) {
    const member = members[name]
    if (member === null || member === undefined || member === '') continue
    text += `${text && ','}${JSON.stringify(name)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

const sortedNames = (members: object): string[] => Object.keys(members).sort()
