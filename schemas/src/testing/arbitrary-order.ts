import fc, { type Arbitrary } from 'fast-check'
import { decimalOf } from '../decimal.ts'
import type { Line, Order } from '../generated/types.ts'
import { fields, type OrderField } from '../order-fields.ts'
import { writeField } from '../order-path.ts'
import { sampleOrder } from './sample-order.ts'

const decimal = fc.bigInt({ min: -(10n ** 18n - 1n), max: 10n ** 18n - 1n }).map(decimalOf)
const text = fc.oneof(fc.constant(''), fc.string({ maxLength: 12, unit: 'binary' }))

const line: Arbitrary<Line> = fc.record({
  lineId: fc.string({ minLength: 1, maxLength: 3 }),
  sku: text,
  description: text,
  quantity: decimal,
  unitPrice: decimal,
  discountPercent: fc.option(decimal),
})

const lines = fc.uniqueArray(line, { selector: (l) => l.lineId, maxLength: 5 })
const plain = fields.filter((field) => !field.path.startsWith('lines.'))

/** Any valid text for a field. */
export function textFor(field: OrderField): Arbitrary<string> {
  const some = {
    text,
    decimal,
    boolean: fc.constantFrom('true', 'false'),
    instant: fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
      .map((d) => d.toISOString()),
  }[field.type]
  return field.optional ? fc.oneof(fc.constant(''), some) : some
}

/** Orders of every shape that the schema allows; line ids are unique. */
export const arbitraryOrder: Arbitrary<Order> = fc
  .tuple(lines, fc.tuple(...plain.map(textFor)))
  .map(([someLines, values]) => values.reduce(withValue, { ...sampleOrder(), lines: someLines }))

function withValue(order: Order, value: string, index: number): Order {
  const written = writeField(order, plain[index]?.path ?? '', value)
  if ('problem' in written) throw new Error(written.problem)
  return written.order
}
