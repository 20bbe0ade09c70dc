import { gzipSync, zstdCompressSync } from 'node:zlib'
import { catalogue, loadSchema } from '@holdpoint/schemas'
import fc from 'fast-check'
import { type BatchShape, batchOf, bombOf, framedAsJava } from '../../services/chassis/src/testing/batch.ts'

/** A batch for a lane's partition, made of whatever records it is given. */
export type HostileBatch = { kind: 'batch'; what: string; make(key: Buffer, value: Buffer): Buffer }
/** A schema, as it is asked to be registered, and the bytes of a value that claims to be written with it. */
export type HostileSchema = { kind: 'schema'; what: string; body: object; value: Buffer }
export type Hostile = HostileBatch | HostileSchema

const packers: Record<number, (plain: Buffer) => Buffer> = {
  0: (plain) => plain,
  1: (plain) => gzipSync(plain),
  2: (plain) => framedAsJava([literal(plain)]),
  3: (plain) => stored(plain),
  4: (plain) => zstdCompressSync(plain),
}

/** A block of Snappy that is one literal. */
function literal(plain: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(plain.length - 1)
  const bytes: number[] = []
  for (let rest = plain.length; ; rest >>>= 7) {
    bytes.push(rest > 127 ? (rest & 127) | 128 : rest)
    if (rest < 128) break
  }
  return Buffer.concat([Buffer.from([...bytes, 0xfc]), size, plain])
}

/** A frame of LZ4 whose one block is not packed. */
function stored(plain: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE((plain.length | 0x80000000) >>> 0)
  // The checksum of this descriptor is 0x82.
  return Buffer.concat([Buffer.from('04224d18604082', 'hex'), size, plain, Buffer.alloc(4)])
}

const shape = (what: string, change: (codec: number, seed: number) => BatchShape) =>
  fc.tuple(fc.nat(4), fc.nat(2 ** 31 - 1)).map(([codec, seed]): HostileBatch => {
    const { pack = packers[codec] ?? ((plain) => plain), ...rest } = change(codec, seed)
    const make = (key: Buffer, value: Buffer) => batchOf([{ key, value }], { codec, pack, ...rest })
    return { kind: 'batch', what: `${what}, codec ${codec}`, make }
  })

const packedThen = (codec: number, change: (packed: Buffer) => Buffer) => (plain: Buffer) =>
  change(packers[codec]?.(plain) ?? plain)

const batch: fc.Arbitrary<Hostile> = fc.oneof(
  shape('a sound batch', () => ({})),
  shape('a byte changed', (codec, seed) => ({
    pack: packedThen(codec, (packed) => {
      packed[seed % packed.length] = seed & 255
      return packed
    }),
  })),
  shape('cut off', (codec, seed) => ({
    pack: packedThen(codec, (packed) => packed.subarray(0, seed % packed.length)),
  })),
  shape('bytes behind', (codec, seed) => ({
    pack: packedThen(codec, (packed) => Buffer.concat([packed, Buffer.alloc(seed % 50)])),
  })),
  shape('not packed at all', () => ({ pack: (plain) => plain })),
  shape('an unknown codec', (_, seed) => ({ codec: 5 + (seed % 3) })),
  shape('another number of records', (_, seed) => ({ count: seed % 3 === 0 ? -1 : seed })),
  shape('other attributes', (_, seed) => ({ attributes: seed & 0x7fff & ~7 })),
  shape('another format', (_, seed) => ({ format: seed % 128 })),
  shape('a time of its own', (_, seed) => ({ time: BigInt(seed) ** 2n * (seed % 2 === 0 ? -1n : 1n) })),
  fc
    .tuple(fc.constantFrom('gzip' as const, 'zstd' as const), fc.constantFrom(500_000, 3_000_000, 40_000_000))
    .map(
      ([codec, bytes]): Hostile => ({
        kind: 'batch',
        what: `${bytes} bytes by ${codec}`,
        make: () => bombOf(bytes, codec),
      }),
    ),
)

const own = JSON.stringify(loadSchema(catalogue['orders.inbound.v1'].schema))
const field = (more: string) => own.replace('"fields":[', `"fields":[${more},`)

const avroText = fc.oneof(
  fc.constantFrom(
    own.replaceAll('"namespace":"holdpoint"', '"namespace":"com.parts"'),
    own.replaceAll('"type":"string"', '"type":["null","string"]').replaceAll(',"default":""', ''),
    own.replaceAll('"type":"string"', '"type":["string","null"]').replaceAll(',"default":""', ''),
    own.replaceAll('"scale":4', '"scale":6'),
    own.replaceAll('timestamp-millis', 'timestamp-micros'),
    own.replaceAll('"OrderEvent"', '"Purchase"'),
    own.replaceAll('"type":"string"', '"type":"bytes"').replaceAll(',"default":""', ''),
    field('{"name":"ttl","type":"long","default":9223372036854775807}'),
    field('{"name":"note","type":["string","null"],"default":null}'),
    field('{"name":"msgId","type":["null","string"],"default":""}'),
    field('{"name":"self","type":["null","OrderEvent"],"default":null}'),
    field('{"name":"many","type":{"type":"array","items":"null"},"default":[]}'),
    field('{"name":"f","type":{"type":"fixed","name":"F","size":2147483647}}'),
    field('{"name":"must","type":"string"}'),
    '"string"',
    '["null","long"]',
    '{"type":"enum","name":"OrderEvent","symbols":["A"]}',
    '{"type":"record","name":"OrderEvent","fields":[]}',
    '{"type":"record","name":"OrderEvent","fields":[{"name":"eventId","type":"Gone"}]}',
  ),
  // Fields left out, one or several.
  fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 4 }).map((left) => {
    const schema = JSON.parse(own)
    schema.fields = schema.fields.filter((_: unknown, i: number) => !left.includes(i))
    return JSON.stringify(schema)
  }),
  // Fields of another type.
  fc.tuple(fc.nat(9), fc.constantFrom('int', 'double', 'boolean', 'bytes')).map(([at, type]) => {
    const schema = JSON.parse(own)
    schema.fields[at] = { name: schema.fields[at].name, type }
    return JSON.stringify(schema)
  }),
)

const otherKinds = fc.constantFrom(
  {
    schemaType: 'JSON',
    schema: '{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object"}',
  },
  { schemaType: 'JSON', schema: '{"$schema":"https://json-schema.org/draft/2019-09/schema","type":"array"}' },
  { schemaType: 'JSON', schema: '{"type":"object"}' },
  { schemaType: 'PROTOBUF', schema: 'syntax = "proto3"; message Order { string id = 1; }' },
  { schemaType: 'PROTOBUF', schema: 'syntax = "proto2"; message Order { required string id = 1; }' },
)

const schema: fc.Arbitrary<Hostile> = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: avroText.map((text) => ({ schema: text })) },
      { weight: 1, arbitrary: otherKinds },
    ),
    fc.oneof(fc.constant(undefined), fc.uint8Array({ minLength: 1, maxLength: 200 })),
  )
  .map(([body, bytes]) => ({
    kind: 'schema',
    what: JSON.stringify(body).slice(0, 120),
    body,
    value: bytes ? Buffer.from(bytes) : Buffer.from([2, 0x65, 2, 0x73, 2, 0x6f, 0, 0, 0, 0, 0, 0, 0]),
  }))

/** Half schemas, half batches. */
export const hostile: fc.Arbitrary<Hostile> = fc.oneof(batch, schema)
