import { type Decimal, type Line, lineTotal, type Order, smallUnitsOf, unitsOf } from '@holdpoint/schemas'
import { TextList } from './text-list.ts'

/**
 * What rules may ask of an order's lines, worked out once for all rules when it is first asked for. Numbers in
 * ten-thousandths.
 */
export class Lines {
  readonly #lines: readonly Line[]
  #sums: Sums | undefined
  #skus: TextList | undefined
  #descriptions: TextList | undefined

  constructor({ lines }: Order) {
    this.#lines = lines
  }

  get count(): bigint {
    return BigInt(this.#lines.length) * 10_000n
  }

  get sums(): Sums {
    this.#sums ??= sumsOf(this.#lines)
    return this.#sums
  }

  get skus(): TextList {
    this.#skus ??= new TextList(this.#lines.map(({ sku }) => sku))
    return this.#skus
  }

  get descriptions(): TextList {
    this.#descriptions ??= new TextList(this.#lines.map(({ description }) => description))
    return this.#descriptions
  }
}

/** 0 for an order without lines. */
export interface Sums {
  /** As `orderTotal` of the schemas. */
  total: bigint
  minQuantity: bigint
  minUnitPrice: bigint
  maxDiscountPercent: bigint
}

/** A safe integer where it is one; numbers and bigints compare exactly with each other. */
type Units = number | bigint

const unitsIn = (decimal: Decimal): Units => smallUnitsOf(decimal) ?? unitsOf(decimal)

/** One pass: each amount is read once. */
function sumsOf(lines: readonly Line[]): Sums {
  let small = 0
  let large = 0n
  let minQuantity: Units | undefined
  let minUnitPrice: Units | undefined
  let maxDiscount: Units | undefined
  for (const line of lines) {
    const quantity = unitsIn(line.quantity)
    const unitPrice = unitsIn(line.unitPrice)
    const discount = line.discountPercent === null ? 0 : unitsIn(line.discountPercent)
    if (minQuantity === undefined || quantity < minQuantity) minQuantity = quantity
    if (minUnitPrice === undefined || unitPrice < minUnitPrice) minUnitPrice = unitPrice
    if (maxDiscount === undefined || discount > maxDiscount) maxDiscount = discount
    const total = smallTotal(quantity, unitPrice, discount)
    if (total === undefined || Math.abs(small) > mostSmall) large += unitsOf(lineTotal(line))
    else small += total
  }
  return {
    total: BigInt(small) + large,
    minQuantity: BigInt(minQuantity ?? 0),
    minUnitPrice: BigInt(minUnitPrice ?? 0),
    maxDiscountPercent: BigInt(maxDiscount ?? 0),
  }
}

const mostSmall = Number.MAX_SAFE_INTEGER / 2
const whole = 10_000
const wholePercent = 100 * whole

/** Quantity × price less discount, rounded half-even; undefined when doubles do not hold it exactly on the way. */
function smallTotal(quantity: Units, unitPrice: Units, discount: Units): number | undefined {
  if (typeof quantity === 'bigint' || typeof unitPrice === 'bigint' || typeof discount === 'bigint')
    return undefined
  const amount = quantity * unitPrice
  return discount === 0
    ? product(amount, 1, whole)
    : product(amount, wholePercent - discount, whole * wholePercent)
}

/** Amount × factor ÷ divisor. */
function product(amount: number, factor: number, divisor: number): number | undefined {
  const size = Math.abs(amount)
  const times = Math.abs(factor)
  const rest = (size % divisor) * times
  if (size > Number.MAX_SAFE_INTEGER || rest > Number.MAX_SAFE_INTEGER) return undefined
  const units = Math.floor(size / divisor) * times + Math.floor(rest / divisor)
  const twice = (rest % divisor) * 2
  const rounded = twice > divisor || (twice === divisor && units % 2 === 1) ? units + 1 : units
  return amount < 0 === factor < 0 ? rounded : -rounded
}
