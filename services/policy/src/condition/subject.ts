import {
  type Decimal,
  type Order,
  orderTotal,
  type Request,
  type Revision,
  unitsOf,
} from '@holdpoint/schemas'

/** What a rule is judged for: a revision, and for a rule about requests one open request of it. */
export interface Subject {
  revision: Revision
  lines: Lines
  request?: Request
}

/** What rules may ask of an order's lines; each is worked out when it is first asked for. Numbers in ten-thousandths. */
export class Lines {
  readonly #order: Order
  #total: bigint | undefined
  #skus: readonly string[] | undefined
  #descriptions: readonly string[] | undefined
  #minQuantity: bigint | undefined
  #minUnitPrice: bigint | undefined
  #maxDiscountPercent: bigint | undefined

  constructor(order: Order) {
    this.#order = order
  }

  get total(): bigint {
    this.#total ??= unitsOf(orderTotal(this.#order))
    return this.#total
  }

  get count(): bigint {
    return BigInt(this.#order.lines.length) * 10_000n
  }

  get skus(): readonly string[] {
    this.#skus ??= this.#order.lines.map(({ sku }) => sku)
    return this.#skus
  }

  get descriptions(): readonly string[] {
    this.#descriptions ??= this.#order.lines.map(({ description }) => description)
    return this.#descriptions
  }

  get minQuantity(): bigint {
    this.#minQuantity ??= least(this.#order.lines.map(({ quantity }) => quantity))
    return this.#minQuantity
  }

  get minUnitPrice(): bigint {
    this.#minUnitPrice ??= least(this.#order.lines.map(({ unitPrice }) => unitPrice))
    return this.#minUnitPrice
  }

  get maxDiscountPercent(): bigint {
    this.#maxDiscountPercent ??= greatest(this.#order.lines.map((line) => line.discountPercent ?? '0'))
    return this.#maxDiscountPercent
  }
}

/** 0 for none. */
function least(decimals: readonly Decimal[]): bigint {
  return pick(decimals, (one, best) => one < best)
}

function greatest(decimals: readonly Decimal[]): bigint {
  return pick(decimals, (one, best) => one > best)
}

function pick(decimals: readonly Decimal[], isBetter: (one: bigint, best: bigint) => boolean): bigint {
  let best: bigint | undefined
  for (const decimal of decimals) {
    const units = unitsOf(decimal)
    if (best === undefined || isBetter(units, best)) best = units
  }
  return best ?? 0n
}
