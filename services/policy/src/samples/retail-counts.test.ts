import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { canonicalDecimal, type Finding, type Line, type Order } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { judge } from '../judge.ts'
import { parsePolicy } from '../parse-policy.ts'
import { sampleRevision } from '../testing/sample-revision.ts'

/** Online Retail, https://doi.org/10.24432/C5BW33: the folder that holds it is no part of the repository. */
const repository = join(import.meta.dirname, '../../../..')
const folder = process.env.HOLDPOINT_DATA ?? join(repository, '../shared/data')
const file = join(folder, 'online-retail.csv.gz')

/** One order per invoice; the findings of a year by type. */
interface Counted {
  invoices: number
  /** Invoices for which a type was found. */
  found: Map<string, Set<string>>
  lines: Map<string, Line[]>
  /** Invoices for which the two sample policies do not find the same. */
  differing: string[]
}

describe.skipIf(!existsSync(file))(`a year of invoices in ${file} (skipped when it is not there)`, () => {
  let counted: Counted
  beforeAll(() => {
    counted = countFindings(readInvoices(gunzipSync(readFileSync(file)).toString()))
  }, 120_000)

  test('all invoices are judged', () => {
    expect(counted.invoices).toBe(25_900)
  })

  test.each([
    ['cancelled', 3_836],
    ['no-customer', 3_710],
    ['hand-discount', 65],
    ['manual-line', 517],
    ['abroad', 2_406],
    ['large-order', 185],
  ])('%s is found for %i invoices', (type, invoices) => {
    expect(counted.found.get(type)?.size).toBe(invoices)
  })

  test.each([
    ['zero-price', 2_515, (line: Line) => line.unitPrice === '0'],
    ['negative-quantity', 1_336, (line: Line) => line.quantity.startsWith('-')],
    ['missing-description', 1_454, (line: Line) => line.description === ''],
  ])('%s is found for the invoices that hold all %i such lines', (type, lines, isSuch) => {
    const invoices = [...(counted.found.get(type) ?? [])]
    const such = invoices.map((invoice) => counted.lines.get(invoice)?.filter(isSuch).length ?? 0)
    expect(such.reduce((sum, count) => sum + count, 0)).toBe(lines)
    expect(Math.min(...such)).toBeGreaterThan(0)
  })

  test('the gift shop and the wholesaler find the same', () => {
    expect(counted.differing).toEqual([])
  })
})

function countFindings(invoices: ReadonlyMap<string, Row[]>): Counted {
  const wholesaler = policyOf('wholesaler')
  const retail = policyOf('retail')
  const counted: Counted = { invoices: invoices.size, found: new Map(), lines: new Map(), differing: [] }
  for (const [invoice, rows] of invoices) {
    const order = orderOf(rows)
    const revision = sampleRevision(
      { orderId: invoice, digest: '', cancelled: invoice.startsWith('C') },
      order,
    )
    const findings = judge(wholesaler, revision)
    if (typesOf(judge(retail, revision)) !== typesOf(findings)) counted.differing.push(invoice)
    counted.lines.set(invoice, order.lines)
    for (const { type } of findings)
      counted.found.set(type, (counted.found.get(type) ?? new Set()).add(invoice))
  }
  return counted
}

const typesOf = (findings: readonly Finding[]): string => findings.map(({ type }) => type).join()

function policyOf(name: string) {
  const parsed = parsePolicy(readFileSync(join(repository, `infra/samples/${name}.policy.yaml`), 'utf8'))
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors))
  return parsed.policy
}

interface Row {
  sku: string
  description: string
  quantity: string
  unitPrice: string
  customerId: string
  country: string
}

/** An order as a shop would send it that knows no more than the invoice says. */
function orderOf(rows: readonly Row[]): Order {
  const [first] = rows as [Row, ...Row[]]
  const nothing = sampleOrder(0)
  const { customer, billing, shipping, payment } = nothing
  return {
    ...nothing,
    customer: { ...emptied(customer), id: first.customerId, country: first.country },
    billing: emptied(billing),
    shipping: { ...emptied(shipping), country: first.country },
    payment: emptied(payment),
    lines: rows.map(({ sku, description, quantity, unitPrice }, index) => ({
      lineId: String(index + 1),
      sku,
      description,
      quantity: decimal(quantity),
      unitPrice: decimal(unitPrice),
      discountPercent: null,
    })),
  }
}

function emptied<Section extends object>(section: Section): Section {
  const absent = (value: unknown) => (typeof value === 'string' ? '' : value)
  return Object.fromEntries(Object.entries(section).map(([name, value]) => [name, absent(value)])) as Section
}

function decimal(text: string): string {
  const canonical = canonicalDecimal(text)
  if (canonical === undefined) throw new Error(`Not a decimal: ${text}`)
  return canonical
}

function readInvoices(csv: string): Map<string, Row[]> {
  const invoices = new Map<string, Row[]>()
  for (const line of csv.split(/\r?\n/).slice(1)) {
    if (line === '') continue
    const [
      invoice = '',
      sku = '',
      description = '',
      quantity = '',
      ,
      unitPrice = '',
      customerId = '',
      country = '',
    ] = fieldsOf(line)
    const rows = invoices.get(invoice) ?? []
    rows.push({ sku, description, quantity, unitPrice, customerId, country })
    invoices.set(invoice, rows)
  }
  return invoices
}

/** Fields of a CSV line; quotes around a field with commas, doubled within. */
function fieldsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
  )
}
