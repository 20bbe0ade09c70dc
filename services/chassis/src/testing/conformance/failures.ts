import { expect, it } from 'vitest'
import { deadLetter, done } from '../../outcomes.ts'
import type { Checks } from './checks.ts'
import { count, countingService, timer } from './counting-service.ts'

/** Records that cannot be processed, and handlers that fail. */
export function failures(world: () => Checks): void {
  it('makes a dead letter of a record whose handler throws, with its bytes and place, and goes on', async () => {
    const checks = world()
    await checks.world.start(
      countingService(checks.world, {
        handle(record, lane) {
          if (record.value?.caseId === 'poison') throw new Error('cannot divide')
          return count(checks.world, record, lane)
        },
      }),
    )
    for (const id of ['a', 'poison', 'b', 'c']) await checks.put('order-1', id)
    await checks.hasPublished(3)
    await checks.hasDeadLetters(1)
    expect(await checks.caseIds('order-1')).toEqual(['a', 'b', 'c'])
    expect(await checks.counts('order-1')).toEqual([1, 2, 3])
    const [letter, ...more] = await checks.deadLetters()
    expect(more).toEqual([])
    expect(letter).toMatchObject({
      code: 'HANDLER_FAILED',
      service: checks.world.service,
      topic: checks.world.topics.input,
      offset: 1,
    })
    expect(letter?.problems[0]?.message).toContain('cannot divide')
    expect(letter?.key?.toString()).toBe('order-1')
    const bytes = checks.world.encode(checks.world.topics.input, timer('order-1', 0, 'poison'))
    expect(letter?.value?.toString('hex')).toBe(bytes.toString('hex'))
  })

  it('gives a record whose handler throws a second try by itself', async () => {
    const checks = world()
    let failures = 1
    await checks.world.start(
      countingService(checks.world, {
        handle(record, lane) {
          if (record.value?.caseId === 'b' && failures-- > 0) throw new Error('once')
          return count(checks.world, record, lane)
        },
      }),
    )
    for (const id of ['a', 'b', 'c']) await checks.put('order-1', id)
    await checks.hasPublished(3)
    expect(await checks.caseIds('order-1')).toEqual(['a', 'b', 'c'])
    expect(await checks.deadLetters()).toEqual([])
  })

  it('gives a record that came alone a second try as well', async () => {
    const checks = world()
    let failures = 1
    await checks.world.start(
      countingService(checks.world, {
        handle(record, lane) {
          if (failures-- > 0) throw new Error('once')
          return count(checks.world, record, lane)
        },
      }),
    )
    await checks.put('order-1', 'a')
    await checks.hasPublished(1)
    expect(await checks.deadLetters()).toEqual([])
  })

  it('makes a dead letter of what a handler refuses, and keeps nothing else of it', async () => {
    const checks = world()
    await checks.world.start(
      countingService(checks.world, {
        handle: (record, lane) =>
          record.value?.caseId === 'refused'
            ? deadLetter('INVALID', [{ path: 'caseId', message: 'no such case' }])
            : count(checks.world, record, lane),
      }),
    )
    for (const id of ['a', 'refused', 'b']) await checks.put('order-1', id)
    await checks.hasPublished(2)
    await checks.hasDeadLetters(1)
    expect(await checks.counts('order-1')).toEqual([1, 2])
    expect(await checks.deadLetters()).toMatchObject([
      { code: 'INVALID', problems: [{ path: 'caseId', message: 'no such case' }] },
    ])
  })

  it('makes a dead letter of bytes that are no value, of an unknown schema id and of a wrong length', async () => {
    const checks = world()
    await checks.world.start(countingService(checks.world))
    const unknownSchema = checks.world.encode(checks.world.topics.input, timer('order-1', 0, ''))
    unknownSchema.writeInt32BE(2_000_000_000, 1)
    const wrong = [Buffer.from('no Avro at all'), unknownSchema, Buffer.alloc(0)]
    for (const bytes of wrong)
      await checks.world.putBytes(checks.world.topics.input, Buffer.from('order-1'), bytes)
    await checks.put('order-1', 'fine')
    await checks.hasPublished(1)
    await checks.hasDeadLetters(3)
    const letters = await checks.deadLetters()
    expect(letters.map((letter) => letter.code)).toEqual(['UNDECODABLE', 'UNDECODABLE', 'UNDECODABLE'])
    expect(letters.map((letter) => letter.value?.toString('hex'))).toEqual(
      wrong.map((b) => b.toString('hex')),
    )
    expect(await checks.counts('order-1')).toEqual([1])
  })

  it('leaves a null key and a null value to the handler', async () => {
    const checks = world()
    const seen: unknown[] = []
    await checks.world.start(
      countingService(checks.world, {
        handle({ key, keyBytes, value }) {
          seen.push({ key, keyBytes, value })
          return deadLetter('INVALID', [{ path: 'key', message: 'no key' }])
        },
      }),
    )
    await checks.world.putBytes(checks.world.topics.input, null, null)
    await checks.hasDeadLetters(1)
    expect(seen).toEqual([{ key: '', keyBytes: null, value: null }])
    expect(await checks.deadLetters()).toMatchObject([{ key: null, value: null, code: 'INVALID' }])
  })

  it('finds the record that makes closeBatch throw, and only that one becomes a dead letter', async () => {
    const checks = world()
    await checks.world.start(
      countingService(checks.world, {
        handle: (record, lane) => count(checks.world, record, lane),
        closeBatch(records) {
          if (records.some((record) => record.value?.caseId === 'poison')) throw new Error('cannot close')
          return done()
        },
      }),
    )
    for (const id of ['a', 'b', 'poison', 'c']) await checks.put('order-1', id)
    await checks.hasPublished(3)
    await checks.hasDeadLetters(1)
    expect(await checks.caseIds('order-1')).toEqual(['a', 'b', 'c'])
    expect(await checks.counts('order-1')).toEqual([1, 2, 3])
  })

  it('refuses an outcome that is too large to be published, and goes on', async () => {
    const checks = world()
    await checks.world.start(
      countingService(checks.world, {
        handle: (record, lane) =>
          record.value?.caseId === 'huge'
            ? done([
                {
                  topic: checks.world.topics.output,
                  key: 'order-1',
                  value: timer('order-1', 0, 'x'.repeat(2_000_000)),
                },
              ])
            : count(checks.world, record, lane),
      }),
    )
    for (const id of ['a', 'huge', 'b']) await checks.put('order-1', id)
    await checks.hasPublished(2)
    await checks.hasDeadLetters(1)
    expect(await checks.counts('order-1')).toEqual([1, 2])
    expect((await checks.deadLetters())[0]?.problems[0]?.message).toMatch(/at most|are allowed/)
  })

  it('keeps the largest record that a topic takes as a dead letter', async () => {
    const checks = world()
    await checks.world.start(countingService(checks.world))
    const largest = Buffer.alloc(1_040_000, 1)
    await checks.world.putBytes(checks.world.topics.input, Buffer.from('order-1'), largest)
    await checks.put('order-1', 'a')
    await checks.hasPublished(1)
    await checks.hasDeadLetters(1)
    expect((await checks.deadLetters())[0]?.value?.equals(largest)).toBe(true)
  })
}
