import { createRequire } from 'node:module'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { batchOf, bombOf, framedAsJava, type TestRecord } from '../../testing/batch.ts'
import { unpackLz4 } from './lz4.ts'
import { readBatches } from './record-batches.ts'
import { unpackSnappy } from './snappy.ts'
import { maxUnpackedBytes } from './unpack.ts'

type Packer = { compress(bytes: Uint8Array): Uint8Array }
const require = createRequire(import.meta.url)
const packedBy = (packer: Packer) => (bytes: Buffer) => Buffer.from(packer.compress(bytes))
const lz4 = packedBy(require('lz4js'))
const snappy = packedBy(require('snappyjs'))

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.nat(3_000)).map(([part, times]) => {
    return Uint8Array.from({ length: part.length * times }, (_, i) => part[i % part.length] as number)
  }),
)
const buffer = bytes.map((each) => Buffer.from(each))
const records = fc.array(fc.record({ key: fc.option(buffer), value: fc.option(buffer) }), {
  minLength: 1,
  maxLength: 8,
})

const codecs: [name: string, codec: number, pack: (plain: Buffer) => Buffer][] = [
  ['nothing', 0, (plain) => plain],
  ['gzip', 1, (plain) => gzipSync(plain)],
  ['snappy in one block, as librdkafka writes it', 2, snappy],
  ['snappy in chunks, as Java writes it', 2, (plain) => framedAsJava(chunksOf(plain).map(snappy))],
  ['lz4', 3, lz4],
  ['zstd', 4, (plain) => zstdCompressSync(plain)],
]

function chunksOf(plain: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(plain.length / 500) }, (_, i) =>
    plain.subarray(500 * i, 500 * (i + 1)),
  )
}

const read = async (batch: Buffer): Promise<TestRecord[]> =>
  (await readBatches(batch)).map(({ key, value, unreadable }) => {
    expect(unreadable).toBeUndefined()
    return { key, value }
  })

const one = [{ key: Buffer.from('SO-1'), value: Buffer.from('an event') }]

describe('what a producer packs is read', () => {
  test.each(codecs)('with %s', async (_, codec, pack) => {
    await fc.assert(
      fc.asyncProperty(records, async (given) => {
        expect(await read(batchOf(given, { codec, pack }))).toEqual(given)
      }),
      { numRuns: 30 },
    )
  })

  test('with blocks of lz4 that go back into the one before, as Python writes it', () => {
    // The second block repeats what the first one holds, and adds a mark.
    const linked = Buffer.concat([
      Buffer.from('04224d184040c0', 'hex'),
      Buffer.from('0a000080', 'hex'),
      Buffer.from('holdpoint '),
      Buffer.from('05000000', 'hex'),
      Buffer.from([0x06, 10, 0, 0x10, 0x21]),
      Buffer.alloc(4),
    ])
    expect(unpackLz4(linked, 1_000).toString()).toBe('holdpoint holdpoint !')
  })

  test('also several of them, with their own offsets, and the broker is asked again for one that was cut off', async () => {
    const first = batchOf([...one, ...one], { firstOffset: 7, codec: 3, pack: lz4 })
    const second = batchOf(one, { firstOffset: 9 })
    const cut = second.subarray(0, second.length - 1)
    const offsets = (await readBatches(Buffer.concat([first, second, cut]))).map(({ offset }) => offset)
    expect(offsets).toEqual(['7', '8', '9'])
  })
})

describe('a batch that nobody can read is one record that says so', () => {
  const whole = (codec: number, pack: (plain: Buffer) => Buffer) =>
    batchOf([...one, ...one], { firstOffset: 4, codec, pack })

  test.each<[string, Buffer, RegExp]>([
    ['an unknown codec', batchOf(one, { codec: 5 }), /codec 5, which is none of gzip, snappy, lz4 and zstd/],
    ['gzip that is none', whole(1, (plain) => plain), /gzip and cannot be unpacked/],
    ['snappy that is none', whole(2, () => Buffer.from([3, 0xff, 0xff])), /snappy and/],
    [
      'a literal of snappy with more bytes than there are',
      whole(2, () => Buffer.from([9, 0xfc, 0xfa, 0xff, 0xff, 0xff, 1, 2, 3, 4])),
      /snappy and ends too early/,
    ],
    ['lz4 that is none', whole(3, (plain) => plain), /lz4 and does not begin as a frame/],
    ['lz4 that was cut', whole(3, (plain) => lz4(plain).subarray(0, 20)), /lz4 and ends too early/],
    ['zstd that is none', whole(4, (plain) => plain), /zstd and cannot be unpacked/],
    ['more records than its bytes hold', batchOf(one, { count: 2_000_000_000 }), /2000000000 records/],
    ['fewer records than its bytes hold', batchOf([...one, ...one], { count: 1 }), /behind its last record/],
    ['a format of before 2017', batchOf(one, { format: 1 }), /is of format 1/],
  ])('%s', async (_, batch, why) => {
    const behind = batchOf(one, { firstOffset: 6 })
    const [refused, next, ...more] = await readBatches(Buffer.concat([batch, behind]))
    expect(refused?.unreadable).toMatch(why)
    expect(refused).toMatchObject({ key: null, value: batch, isControlRecord: false })
    expect(next).toMatchObject({ offset: '6', value: one[0]?.value })
    expect(more).toEqual([])
  })

  test('at the offset of its last record, so that reading goes on behind it', async () => {
    const [refused] = await readBatches(batchOf([...one, ...one, ...one], { firstOffset: 40, codec: 6 }))
    expect(refused).toMatchObject({
      offset: '42',
      unreadable: expect.stringContaining('of offsets 40 to 42 '),
    })
  })

  test.each(['gzip', 'zstd'] as const)(
    '%s of a few kilobytes that unpacks to more than may be',
    async (codec) => {
      const bomb = bombOf(maxUnpackedBytes + 1_000, codec)
      expect(bomb.length).toBeLessThan(60_000)
      const [refused] = await readBatches(bomb)
      expect(refused?.unreadable).toMatch(
        new RegExp(`${codec} and unpacks to more than ${maxUnpackedBytes} bytes`),
      )
    },
  )

  test.each<[string, (packed: Buffer, most: number) => Buffer, (plain: Buffer) => Buffer]>([
    ['snappy', unpackSnappy, snappy],
    ['lz4', unpackLz4, lz4],
  ])('%s is unpacked up to what it is allowed and not beyond', (_, unpack, pack) => {
    const packed = pack(Buffer.alloc(100_000))
    expect(unpack(packed, 100_000).equals(Buffer.alloc(100_000))).toBe(true)
    expect(() => unpack(packed, 99_999)).toThrow('unpacks to more than 99999 bytes')
  })

  test('very much in one answer is read in parts', async () => {
    const bombs = Array.from({ length: 4 }, () => bombOf(maxUnpackedBytes / 2, 'zstd'))
    expect((await readBatches(Buffer.concat(bombs))).length).toBe(2)
  })
})

test('a time that no date can hold is brought back to one that can', async () => {
  const [late] = await readBatches(batchOf(one, { time: 2n ** 63n - 1n }))
  const [early] = await readBatches(batchOf(one, { time: -(2n ** 63n) }))
  expect([late?.timestamp, early?.timestamp]).toEqual(['8640000000000000', '-8640000000000000'])
})

test('whatever is done to good batches, the answer is records or a refusal, at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...codecs),
      records,
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }),
      async ([, codec, pack], given, edits) => {
        const broken = batchOf(given, { codec, pack })
        // Behind the length, which the broker itself goes by.
        for (const [at, byte] of edits) broken[12 + (at % (broken.length - 12))] = byte
        const before = performance.now()
        for (const message of await readBatches(broken))
          expect(message.unreadable ? message.value : broken).toEqual(broken)
        expect(performance.now() - before).toBeLessThan(5_000)
      },
    ),
    { numRuns: 200 },
  )
})
