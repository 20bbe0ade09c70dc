import avro from 'avsc'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalOf } from './decimal.ts'
import { Undecodable } from './errors.ts'
import type { OrderEvent } from './generated/types.ts'
import { type AvroJson, loadSchema } from './load.ts'
import { maxMessageBytes, messageReader, messageWriter, ownSchema, schemaIdOf } from './message-bytes.ts'
import { parseSchema, typeOfTopic } from './schema-type.ts'
import { arbitraryOrder } from './testing/arbitrary-order.ts'
import { sampleOrder } from './testing/sample-order.ts'
import { readWriterSchema } from './writer-schema.ts'

const topic = 'orders.inbound.v1'
const type = typeOfTopic(topic)
const writer = messageWriter(topic, 7)
const reader = messageReader(topic, ownSchema(topic))
const event = (more: Partial<OrderEvent> = {}): OrderEvent => ({
  eventId: 'e-1',
  source: 'shop',
  orderId: 'o-1',
  occurredAt: 1_772_443_800_000,
  sequence: null,
  kind: 'PLACED',
  order: sampleOrder(),
  request: null,
  stage: '',
  facts: {},
  ...more,
})
const header = Buffer.from([0, 0, 0, 0, 7])
const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return (error as Undecodable).code
  }
  return 'none'
}
const codeOfBytes = (...body: (Buffer | number[])[]) =>
  codeOf(() => reader.read(Buffer.concat([header, ...body.map((part) => Buffer.from(part))])))

/** eventId, source, orderId, occurredAt, sequence, kind, order, request, stage: all empty; facts come next. */
const emptyEvent = [0, 0, 0, 0, 0, 0, 0, 0, 0]

describe('what is written is read', () => {
  test('whatever the order holds', () =>
    fc.assert(
      fc.property(arbitraryOrder, fc.dictionary(fc.string(), fc.string()), (order, facts) => {
        const message = event({ order, facts: Object.hasOwn(facts, '__proto__') ? {} : facts })
        expect(reader.read(writer.write(message))).toEqual(message)
      }),
    ))

  test('every decimal, in the bytes that other Avro programs write', () => {
    const plain = avro.Type.forSchema('bytes')
    const decimal = parseSchema({ type: 'bytes', logicalType: 'decimal', precision: 18, scale: 4 })
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n - 1n), max: 10n ** 18n - 1n }), (units) => {
        const bytes = decimal.toBuffer(decimalOf(units))
        expect(decimal.fromBuffer(bytes)).toBe(decimalOf(units))
        const inner = plain.fromBuffer(bytes) as Buffer
        expect(
          BigInt.asIntN(64, BigInt(`0x${inner.toString('hex')}`) << BigInt(64 - 8 * inner.length)) >>
            BigInt(64 - 8 * inner.length),
        ).toBe(units)
        expect(inner.length === 1 || BigInt.asIntN(8 * (inner.length - 1), units) !== units).toBe(true)
      }),
    )
  })

  test('messages larger than the first buffer', () => {
    const message = event({ order: sampleOrder(5_000) })
    expect(reader.read(writer.write(message))).toEqual(message)
  })

  test('the bytes name the schema, and belong to the caller', () => {
    const first = writer.write(event())
    const copy = Buffer.from(first)
    writer.write(event({ eventId: 'another' }))
    expect(schemaIdOf(first)).toBe(7)
    expect(first).toEqual(copy)
  })
})

describe('bytes that are refused', () => {
  const bytes = writer.write(event())

  test.each([
    ['nothing', Buffer.alloc(0), 'TOO_SHORT'],
    ['an id alone', header, 'TOO_SHORT'],
    ['JSON', Buffer.from('{"orderId":"1"}'), 'NO_SCHEMA_ID'],
    ['more than a record may hold', Buffer.alloc(maxMessageBytes + 1), 'TOO_LARGE'],
  ])('%s', (_, given, code) => expect(codeOf(() => schemaIdOf(given))).toBe(code))

  test('a byte behind the value', () =>
    expect(codeOf(() => reader.read(Buffer.concat([bytes, Buffer.from([0])])))).toBe('TRAILING_BYTES'))

  test('a value cut anywhere', () => {
    for (let end = header.length; end < bytes.length; end++)
      expect(codeOf(() => reader.read(bytes.subarray(0, end)))).toBe('MALFORMED')
  })

  test('five bytes that claim twenty million entries, at once', () => {
    const before = performance.now()
    expect(codeOfBytes(emptyEvent, [0x80, 0xb4, 0x89, 0x13])).toBe('MALFORMED')
    expect(performance.now() - before).toBeLessThan(50)
  })

  test('a block of 2^60 items, a negative length, an endless number', () => {
    expect(codeOfBytes(emptyEvent, Buffer.alloc(9, 0xff), [1])).toBe('MALFORMED')
    expect(codeOfBytes([1])).toBe('MALFORMED')
    expect(codeOfBytes(Buffer.alloc(11, 0xff))).toBe('MALFORMED')
  })

  test('a block whose size is not that of its items', () =>
    expect(codeOfBytes(emptyEvent, [1, 10, 2, 0x61, 2, 0x62, 0])).toBe('MALFORMED'))

  test('a block whose size is right is read', () =>
    expect(
      reader.read(Buffer.concat([header, Buffer.from(emptyEvent), Buffer.from([1, 8, 2, 0x61, 2, 0x62, 0])])),
    ).toMatchObject({ facts: { a: 'b' } }))

  test('a map that would set a prototype', () =>
    expect(codeOfBytes(emptyEvent, [2, 18], Buffer.from('__proto__'), [0, 0])).toBe('MALFORMED'))

  test('text that is not UTF-8, short and long', () => {
    expect(codeOfBytes([4, 0xc3, 0x28], emptyEvent)).toBe('INVALID_UTF8')
    const long = Buffer.concat([Buffer.alloc(60, 0x61), Buffer.from([0xed, 0xa0, 0x80])])
    expect(codeOfBytes([126], long, emptyEvent)).toBe('INVALID_UTF8')
  })

  test('a symbol, a branch and a boolean that there are not', () => {
    expect(codeOfBytes([0, 0, 0, 0, 0, 14, 0, 0, 0, 0])).toBe('MALFORMED')
    expect(codeOfBytes([0, 0, 0, 0, 4])).toBe('MALFORMED')
  })

  test('an instant that no date can hold', () => {
    const body = Buffer.from(emptyEvent)
    const late = avro.Type.forSchema('long').toBuffer(8.64e15 + 2)
    expect(codeOfBytes(body.subarray(0, 3), late, body.subarray(4), [0])).toBe('MALFORMED')
  })

  test('whatever is done to good bytes, the answer is a message or Undecodable', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 6), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (edits) => {
          const broken = Buffer.from(bytes)
          for (const [at, byte] of edits) broken[at + header.length] = byte
          try {
            expect(type.isValid(reader.read(broken))).toBe(true)
          } catch (error) {
            expect(error).toBeInstanceOf(Undecodable)
          }
        },
      ),
      { numRuns: 2_000 },
    ))
})

describe('values that are refused', () => {
  test('with the place and what was found', () => {
    const wrong = event({ occurredAt: Number.NaN, eventId: undefined as unknown as string })
    expect(() => writer.write(wrong)).toThrow(/eventId is undefined, not string; occurredAt is NaN, not long/)
  })

  test('a decimal that is none', () => {
    const order = sampleOrder(1)
    order.payment.amount = '1e3'
    expect(() => writer.write(event({ order }))).toThrow('order.payment.amount')
  })

  test('half a character, short and long: nobody could read it', () => {
    expect(() => writer.write(event({ source: 'x\ud83d' }))).toThrow('not valid UTF-8')
    const cut = writer.write(event({ source: `${'x'.repeat(80)}\ud83d` }))
    expect(reader.read(cut)).toMatchObject({ source: `${'x'.repeat(80)}\ufffd` })
  })

  test('names in a map that nobody could read', () => {
    const named = (name: string) => event({ facts: Object.fromEntries([[name, 'x']]) })
    expect(() => writer.write(named('__proto__'))).toThrow('__proto__')
    expect(() => writer.write(named('x\ud83d'))).toThrow('not valid UTF-8')
    expect(reader.read(writer.write(named('größe')))).toEqual(named('größe'))
  })

  test('more than a record may hold', () =>
    expect(() => writer.write(event({ order: sampleOrder(40_000) }))).toThrow('1000000 are allowed'))
})

describe('other versions of the schema', () => {
  const changed = (change: (schema: { fields: { name: string; type: AvroJson }[] }) => void) => {
    const schema = structuredClone(loadSchema(topic)) as unknown as {
      fields: { name: string; type: AvroJson }[]
    }
    change(schema)
    return schema as unknown as AvroJson
  }
  const written = (as: AvroJson, value: unknown) => Buffer.concat([header, parseSchema(as).toBuffer(value)])

  test('a symbol that is newer than the reader becomes the default symbol', () => {
    const newer = changed((schema) => {
      const kind = schema.fields.find((f) => f.name === 'kind')?.type as { symbols: string[] }
      kind.symbols = ['MERGED', ...kind.symbols]
    })
    const bytes = written(newer, { ...event(), kind: 'MERGED' })
    expect(messageReader(topic, readWriterSchema(newer)).read(bytes)).toMatchObject({
      kind: 'UNKNOWN',
      orderId: 'o-1',
    })
  })

  test('a field that is newer than the reader is passed over; a missing one takes its default', () => {
    const newer = changed((schema) => {
      schema.fields = schema.fields.filter((f) => f.name !== 'stage')
      schema.fields.unshift({ name: 'extra', type: { type: 'array', items: 'string' } })
    })
    const bytes = written(newer, { ...event(), extra: ['a', 'b'] })
    expect(messageReader(topic, readWriterSchema(newer)).read(bytes)).toEqual(event())
  })

  test('a decimal of another scale is the same amount', () => {
    const coarse = changed((schema) => {
      const text = JSON.stringify(schema.fields).replaceAll('"scale":4', '"scale":2')
      schema.fields = JSON.parse(text)
    })
    expect(messageReader(topic, readWriterSchema(coarse)).read(written(coarse, event()))).toEqual(event())
  })

  test('a list of things without bytes is bounded too', () => {
    const hollow = changed((schema) =>
      schema.fields.unshift({ name: 'nulls', type: { type: 'array', items: 'null' } }),
    )
    const read = (count: number) => {
      const claim = avro.Type.forSchema('long').toBuffer(count)
      const body = type.toBuffer(event())
      return codeOf(() =>
        messageReader(topic, readWriterSchema(hollow)).read(
          Buffer.concat([header, claim, Buffer.from([0]), body]),
        ),
      )
    }
    expect(read(100)).toBe('none')
    expect(read(20_000_000)).toBe('MALFORMED')
  })

  test('another record altogether is refused when its schema is first met', () =>
    expect(codeOf(() => messageReader(topic, ownSchema('timers.fired.v1')))).toBe('INCOMPATIBLE_SCHEMA'))
})
