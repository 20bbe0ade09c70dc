import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import avro from 'avsc'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldProblem, Undecodable } from './errors.ts'
import type { OrderEvent } from './generated/types.ts'
import { frozenVersions, schemaNames } from './golden.ts'
import { type AvroJson, loadSchema } from './load.ts'
import { messageReader } from './message-bytes.ts'
import { parseSchema } from './schema-type.ts'
import { arbitraryOrder } from './testing/arbitrary-order.ts'
import { sampleOrder } from './testing/sample-order.ts'
import { readWriterSchema } from './writer-schema.ts'

const topic = 'orders.inbound.v1'
const header = Buffer.from([0, 0, 0, 0, 7])
const event: OrderEvent = {
  eventId: 'e-1',
  source: 'shop',
  orderId: 'o-1',
  occurredAt: 1_772_443_800_000,
  sequence: 5,
  kind: 'PLACED',
  order: sampleOrder(),
  request: null,
  stage: '',
  facts: { campaign: 'spring' },
}

type Schema = { [key: string]: unknown; fields: { name: string; type: unknown; default?: unknown }[] }

/** The product's own schema of an order event, changed as another team may have it. */
function teams(change: (schema: Schema) => void): AvroJson {
  const schema = structuredClone(loadSchema(topic)) as unknown as Schema
  change(schema)
  return schema as unknown as AvroJson
}

const as = (text: (schema: string) => string): AvroJson =>
  JSON.parse(text(JSON.stringify(loadSchema(topic)))) as AvroJson

const fieldOf = (schema: Schema, name: string) => schema.fields.find((field) => field.name === name)

const read = (schema: unknown, body: Buffer): unknown =>
  messageReader(topic, readWriterSchema(schema)).read(Buffer.concat([header, body]))

/** As the other team's encoder writes it. */
const written = (schema: AvroJson, value: unknown): Buffer => parseSchema(schema).toBuffer(value)

function problemsOf(act: () => unknown): readonly FieldProblem[] {
  try {
    act()
  } catch (error) {
    return (error as Undecodable).problems
  }
  return []
}

describe("another team's schema is read", () => {
  test('in a package of its own, also where a type is named again', () => {
    const theirs = as((text) =>
      text.replaceAll('"holdpoint"', '"com.parts.orders"').replaceAll('holdpoint.', 'com.parts.orders.'),
    )
    expect(read(theirs, written(theirs, event))).toEqual(event)
  })

  test('with packages that differ within it', () => {
    const theirs = teams((schema) => {
      schema.namespace = 'com.parts'
      schema.fields.reverse()
    })
    expect(read(theirs, written(theirs, event))).toEqual(event)
  })

  test.each(['first', 'last'])('with null %s wherever text may be missing', (where) => {
    const nullable = where === 'first' ? '["null","string"]' : '["string","null"]'
    const theirs = as((text) =>
      text.replaceAll('"type":"string"', `"type":${nullable}`).replaceAll(',"default":""', ''),
    )
    expect(JSON.stringify(theirs).includes(nullable)).toBe(true)
    expect(read(theirs, written(theirs, event))).toEqual(event)
  })

  test('with texts in the map of facts that may be null', () => {
    const theirs = teams((schema) => {
      Object.assign(fieldOf(schema, 'facts') ?? {}, { type: { type: 'map', values: ['null', 'string'] } })
    })
    expect(read(theirs, written(theirs, event))).toEqual(event)
  })

  test.each<[string, object]>([
    ['a number beyond 2^53 as a default', { name: 'ttl', type: 'long', default: 9_223_372_036_854_775_807n }],
    ['a null as the default of a later branch', { name: 'note', type: ['string', 'null'], default: null }],
    ['a default of no branch', { name: 'msgId', type: ['null', 'string'], default: 7 }],
    [
      'a decimal of another precision',
      { name: 'total', type: { type: 'bytes', logicalType: 'decimal', precision: 38, scale: 9 } },
    ],
    [
      'an enum whose default is none of its symbols',
      { name: 'tone', type: { type: 'enum', name: 'Tone', symbols: ['A'], default: 'Z' } },
    ],
    ['a logical type of its own', { name: 'day', type: { type: 'int', logicalType: 'date-of-ours' } }],
  ])('whose other fields have %s', (_, field) => {
    const theirs = teams((schema) => schema.fields.unshift(field as Schema['fields'][0]))
    const isNote = (field as { name: string }).name === 'note'
    const own = Buffer.from(isNote ? [0, 0] : [0])
    const body = Buffer.concat([own, written(loadSchema(topic), event)])
    expect(read(theirs, body)).toEqual(event)
  })

  test('whatever the order holds, as avsc resolves it', () => {
    const theirs = teams((schema) => {
      schema.fields.reverse()
      schema.fields.push({ name: 'extra', type: { type: 'array', items: { type: 'map', values: 'long' } } })
    })
    const reader = messageReader(topic, readWriterSchema(theirs))
    fc.assert(
      fc.property(
        arbitraryOrder,
        fc.option(fc.integer({ min: -(2 ** 51), max: 2 ** 51 })),
        (order, sequence) => {
          const body = written(theirs, { ...event, order, sequence, extra: [{ a: 1 }, {}] })
          expect(reader.read(Buffer.concat([header, body]))).toEqual({ ...event, order, sequence })
        },
      ),
      { numRuns: 50 },
    )
  })

  test.each(schemaNames)('so is each frozen version of %s', (name) => {
    for (const version of frozenVersions(name)) expect(readWriterSchema(version).kind).toBe('record')
  })
})

describe('what cannot be read is told with its field and both types', () => {
  test.each<[string, (schema: Schema) => void, string, RegExp]>([
    [
      'a number',
      (s) => Object.assign(fieldOf(s, 'source') ?? {}, { type: 'long' }),
      'source',
      /written as long, and read as string/,
    ],
    [
      'microseconds',
      (s) =>
        Object.assign(fieldOf(s, 'occurredAt') ?? {}, {
          type: { type: 'long', logicalType: 'timestamp-micros' },
        }),
      'occurredAt',
      /timestamp-micros, and read as timestamp-millis/,
    ],
    [
      'a missing field',
      (s) => {
        s.fields = s.fields.filter(({ name }) => name !== 'orderId')
      },
      'orderId',
      /is missing, and read as string/,
    ],
    [
      'another record',
      (s) => Object.assign(s, { name: 'Purchase' }),
      '',
      /record holdpoint.Purchase, and read as record holdpoint.OrderEvent/,
    ],
    [
      'no record at all',
      (s) => Object.assign(s, { type: 'array', items: 'string' }),
      '',
      /array, and read as record/,
    ],
  ])('%s', (_, change, path, message) => {
    expect(problemsOf(() => messageReader(topic, readWriterSchema(teams(change))))).toEqual([
      { path, message: expect.stringMatching(message) },
    ])
  })

  test('every field at once, and deep within an order', () => {
    const amount = '{"type":"bytes","logicalType":"decimal","precision":18,"scale":4}'
    expect(JSON.stringify(loadSchema(topic)).includes(amount)).toBe(true)
    const theirs = as((text) => text.replaceAll(amount, '"double"'))
    const problems = problemsOf(() =>
      read(theirs, avro.Type.forSchema(theirs as avro.Schema).toBuffer(withDoubles())),
    )
    expect(problems).toContainEqual({
      path: 'order.lines.quantity',
      message: 'is written as double, and read as decimal(18,4)',
    })
    expect(problems.map(({ path }) => path)).toContain('order.lines.unitPrice')
    // What is not there does no harm.
    const body = avro.Type.forSchema(theirs as avro.Schema).toBuffer({ ...event, order: null })
    expect(read(theirs, body)).toEqual({ ...event, order: null })
  })

  function withDoubles(): unknown {
    const type = avro.Type.forSchema(
      as((text) =>
        text.replaceAll(/\{"type":"bytes","logicalType":"decimal"[^}]*\}/g, '"double"'),
      ) as avro.Schema,
    )
    const shape = type.random() as unknown as OrderEvent
    while (!shape.order) Object.assign(shape, type.random())
    return shape
  }

  test('a null that is really there', () => {
    const theirs = teams((s) => Object.assign(fieldOf(s, 'source') ?? {}, { type: ['null', 'string'] }))
    expect(problemsOf(() => read(theirs, written(theirs, { ...event, source: null })))).toEqual([
      { path: 'source', message: 'is null, and read as string' },
    ])
  })

  test.each([
    ['nanoseconds', 'occurredAt', 1_795_683_600_000_000_000n, /is 1795683600000000000, beyond/],
    ['a time that no date can hold', 'occurredAt', 8_640_000_000_000_001n, /no date/],
    ['a sequence beyond 2^53', 'sequence', 2n ** 63n - 1n, /is 9223372036854775807, beyond/],
  ])('%s, also from a writer of the same schema', (_, path, value, message) => {
    const numbers = { occurredAt: 0n, sequence: 0n, [path]: value }
    const texts = Buffer.from([2, 0x65, 2, 0x73, 2, 0x6f])
    const rest = Buffer.alloc(5)
    const body = Buffer.concat([
      texts,
      long(numbers.occurredAt),
      Buffer.from([2]),
      long(numbers.sequence),
      rest,
    ])
    const own = loadSchema(topic)
    expect(problemsOf(() => read(own, body))).toEqual([{ path, message: expect.stringMatching(message) }])
  })

  /** A long as Avro writes it; avsc does not write all of them. */
  function long(value: bigint): Buffer {
    const bytes: number[] = []
    let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
    for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
    return Buffer.from([...bytes, Number(rest)])
  }
})

describe('a schema of no use is refused and not waited for', () => {
  const deep = (levels: number) =>
    JSON.parse(`${'{"type":"array","items":'.repeat(levels)}"int"${'}'.repeat(levels)}`)
  test.each<[string, unknown]>([
    ['nothing', null],
    ['a number', 7],
    ['a name that it does not define', 'com.parts.Order'],
    ['a record without fields', { type: 'record', name: 'OrderEvent' }],
    ['a record without a name', { type: 'record', fields: [] }],
    ['fields that are none', { type: 'record', name: 'OrderEvent', fields: [null] }],
    ['an enum without symbols', { type: 'enum', name: 'E' }],
    ['a fixed type without a size', { type: 'fixed', name: 'F', size: -1 }],
    ['nesting without end', deep(5_000)],
  ])('%s', (_, schema) =>
    expect(problemsOf(() => messageReader(topic, readWriterSchema(schema)))[0]?.message).toMatch(/written/),
  )

  test('one that names each record twice in the next, which looked through one by one would take for ever', () => {
    const twice = (level: number): unknown => ({
      type: 'record',
      name: level === 0 ? 'OrderEvent' : `R${level}`,
      fields:
        level === 60
          ? []
          : [
              { name: 'a', type: twice(level + 1) },
              { name: 'b', type: `R${level + 1}` },
            ],
    })
    const list = {
      type: 'record',
      name: 'OrderEvent',
      fields: [{ name: 'all', type: { type: 'array', items: twice(1) } }],
    }
    expect(problemsOf(() => messageReader(topic, readWriterSchema(list))).map(({ path }) => path)).toContain(
      'orderId',
    )
  })
})

const cases = process.env.HOLDPOINT_CASES ?? join(import.meta.dirname, '../../../shared/cases')
const folders = [
  'schema-that-the-reader-cannot-parse',
  'other-namespace',
  'nullable-in-the-writer',
  'refusal-that-names-nothing',
]

describe.skipIf(!existsSync(cases))(`cases of other teams in ${cases} (skipped when it is not there)`, () => {
  const files = folders.flatMap((folder) =>
    existsSync(join(cases, folder))
      ? readdirSync(join(cases, folder))
          .filter((name) => name.endsWith('.json'))
          .map((name) => join(folder, name))
      : [],
  )
  test.each(files)('%s', (file) => {
    const { writerSchema, bodyHex, expected, value } = JSON.parse(readFileSync(join(cases, file), 'utf8'))
    const act = () => read(writerSchema, Buffer.from(bodyHex, 'hex')) as OrderEvent
    if (/^read/.test(expected)) {
      expect(act()).toMatchObject({
        eventId: value.eventId,
        kind: 'PLACED',
        occurredAt: Date.UTC(2026, 10, 26, 9),
      })
      expect(act().order?.lines).toMatchObject([{ quantity: '3', unitPrice: '12.5' }])
    } else {
      const [path] = /[a-z]+(\.[a-zA-Z]+)+/.exec(expected) ?? ['']
      expect(problemsOf(act).map((problem) => problem.path)).toContain(path)
    }
  })
})
