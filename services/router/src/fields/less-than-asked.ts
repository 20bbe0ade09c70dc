import {
  type CaseState,
  canonicalDecimal,
  decimalOf,
  fieldMatches,
  type Order,
  orderFields,
  orderUnits,
  type PathValue,
  type RouterState,
  readField,
  unitsOf,
} from '@holdpoint/schemas'
import { requestOf } from '../record/facts.ts'
import { type Refusal, refuse } from '../record/refusal.ts'

/*
 * Who approves may answer with less than was asked for, never with more: who wants more asks for it anew. Of a number
 * that is anything from the value that the order has to the one asked for; of a discount that the order came with,
 * anything up to it. Of text nobody can say what is more.
 */

interface About {
  state: Pick<RouterState, 'order' | 'requests'>
  one: Pick<CaseState, 'requestId' | 'raisedBy' | 'proposal'>
}

/** Whether a value that somebody grants, or wants to have granted, goes beyond what was asked for. */
export function checkNotBeyond(about: About, { path, value }: PathValue): Refusal | undefined {
  const units = isNumber(path) ? unitsIn(value) : undefined
  const range = units === undefined ? undefined : rangeOf(about, path)
  if (units === undefined || !range || (units >= range.from && units <= range.to)) return undefined
  const [from, to] = [decimalOf(range.from), decimalOf(range.to)]
  return refuse(
    'FIELD_NOT_CORRECTABLE',
    `"${path}" cannot become ${value}: less than was asked for may be granted, not more. Say a value from ${from} to ${to}, or have it asked anew.`,
  )
}

interface Range {
  from: bigint
  to: bigint
}

function rangeOf({ state, one }: About, path: string): Range | undefined {
  const { order } = state
  const now = order ? unitsAt(order, path) : 0n
  const asked = requestOf(state, one)
  const proposed = one.raisedBy === '' ? undefined : one.proposal?.corrections
  const wanted = (asked?.proposes ?? proposed)?.find((own) => own.path === path)
  const units = wanted && unitsIn(wanted.value)
  if (units !== undefined) return units < now ? { from: units, to: now } : { from: now, to: units }
  return fieldMatches('lines.*.discountPercent', path) ? { from: 0n, to: now } : undefined
}

/** What is paid, or given back, can be no less than nothing and no more than the order is worth or was paid. */
export function checkPossible(order: Order, { path, value }: PathValue): Refusal | undefined {
  const units = path === 'payment.amount' ? unitsIn(value) : undefined
  if (units === undefined) return undefined
  const most = [unitsIn(order.declaredTotal ?? ''), unitsAt(order, path)].reduce<bigint>(
    (highest, one) => (one !== undefined && one > highest ? one : highest),
    orderUnits(order),
  )
  if (units >= 0n && units <= most) return undefined
  return refuse(
    'FIELD_NOT_CORRECTABLE',
    `"${path}" cannot become ${value}: the order is worth, or was paid, ${decimalOf(most)}. Say a value from 0 to that, or reject it.`,
  )
}

const isNumber = (path: string): boolean =>
  orderFields().some((field) => field.type === 'decimal' && fieldMatches(field.path, path))

/** Ten-thousandths; undefined for what is no number. */
function unitsIn(text: string): bigint | undefined {
  const decimal = canonicalDecimal(text)
  return decimal === undefined ? undefined : unitsOf(decimal)
}

/** An absent number is none. */
const unitsAt = (order: Order, path: string): bigint => unitsIn(readField(order, path) ?? '') ?? 0n
