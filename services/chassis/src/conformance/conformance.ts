import type { DeadLetter } from '@holdpoint/schemas'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deadLetter, done, retryLater } from '../outcomes.ts'
import { count, countingService, fired, timer } from './counting-service.ts'
import type { World } from './world.ts'

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** What a lane guarantees, on any bus. */
export function laneConformance(name: string, createWorld: () => Promise<World>): void {
  describe(`lanes on ${name}`, () => {
    let world: World

    beforeEach(async () => {
      world = await createWorld()
    })

    afterEach(() => world.tearDown())

    const put = (key: string, caseId: string) => world.put(world.topics.input, key, timer(key, 0, caseId))

    const counts = async (key: string) => {
      const published = await world.published(world.topics.output)
      return published.filter((record) => record.key === key).map((record) => record.value?.version)
    }

    const caseIds = async (key: string) => {
      const published = await world.published(world.topics.output)
      return published.filter((record) => record.key === key).map((record) => record.value?.caseId)
    }

    const hasPublished = (records: number) =>
      world.until(
        `${records} records published`,
        async () => (await world.published(world.topics.output)).length >= records,
      )

    const deadLetters = async () => {
      const letters = await world.published(world.topics.deadLetters)
      return letters.map((letter) => letter.value as DeadLetter)
    }

    const hasDeadLetters = (records: number) =>
      world.until(`${records} dead letters`, async () => (await deadLetters()).length >= records)

    it('handles the records of a key in order, each seeing the state that the one before left', async () => {
      await world.start(countingService(world))
      for (const i of numbers(1, 30)) await put(`order-${i % 3}`, `case-${i}`)
      await hasPublished(30)
      for (const k of [0, 1, 2]) {
        expect(await counts(`order-${k}`)).toEqual(numbers(1, 10))
        const expected = numbers(1, 30).filter((i) => i % 3 === k)
        expect(await caseIds(`order-${k}`)).toEqual(expected.map((i) => `case-${i}`))
      }
    })

    it('joins all inputs of a lane: a key has one state over all of them', async () => {
      await world.start(countingService(world))
      for (const i of numbers(1, 5)) {
        await put('order-1', `scheduled-${i}`)
        await world.put(world.topics.other, 'order-1', fired('order-1', `fired-${i}`))
      }
      await hasPublished(10)
      expect(await counts('order-1')).toEqual(numbers(1, 10))
      const ids = await caseIds('order-1')
      expect(ids.filter((id) => id?.startsWith('fired'))).toEqual(numbers(1, 5).map((i) => `fired-${i}`))
    })

    it('publishes on the partition of the lane', async () => {
      await world.start(
        countingService(world, {
          handle: ({ key }, lane) =>
            done([
              { topic: world.topics.output, key: 'always-the-same', value: timer(key, lane.partition, '') },
            ]),
        }),
      )
      for (const i of numbers(1, 20)) await put(`order-${i}`, '')
      await hasPublished(20)
      const published = await world.published(world.topics.output)
      expect(published.every((record) => record.value?.version === record.partition)).toBe(true)
      expect(new Set(published.map((record) => record.partition)).size).toBe(world.lanes)
    })

    it('makes a dead letter of a record whose handler throws, with its bytes and place, and goes on', async () => {
      await world.start(
        countingService(world, {
          handle(record, lane) {
            if (record.value?.caseId === 'poison') throw new Error('cannot divide')
            return count(world, record, lane)
          },
        }),
      )
      for (const id of ['a', 'poison', 'b', 'c']) await put('order-1', id)
      await hasPublished(3)
      expect(await caseIds('order-1')).toEqual(['a', 'b', 'c'])
      expect(await counts('order-1')).toEqual([1, 2, 3])
      const [letter, ...more] = await deadLetters()
      expect(more).toEqual([])
      expect(letter).toMatchObject({
        code: 'HANDLER_FAILED',
        service: world.service,
        topic: world.topics.input,
        offset: 1,
      })
      expect(letter?.problems[0]?.message).toContain('cannot divide')
      expect(letter?.key?.toString()).toBe('order-1')
      const bytes = world.encode(world.topics.input, timer('order-1', 0, 'poison'))
      expect(letter?.value?.toString('hex')).toBe(bytes.toString('hex'))
    })

    it('gives a record whose handler throws a second try by itself', async () => {
      let failures = 1
      await world.start(
        countingService(world, {
          handle(record, lane) {
            if (record.value?.caseId === 'b' && failures-- > 0) throw new Error('once')
            return count(world, record, lane)
          },
        }),
      )
      for (const id of ['a', 'b', 'c']) await put('order-1', id)
      await hasPublished(3)
      expect(await caseIds('order-1')).toEqual(['a', 'b', 'c'])
      expect(await deadLetters()).toEqual([])
    })

    it('makes a dead letter of what a handler refuses, and keeps nothing else of it', async () => {
      await world.start(
        countingService(world, {
          handle: (record, lane) =>
            record.value?.caseId === 'refused'
              ? deadLetter('INVALID', [{ path: 'caseId', message: 'no such case' }])
              : count(world, record, lane),
        }),
      )
      for (const id of ['a', 'refused', 'b']) await put('order-1', id)
      await hasPublished(2)
      expect(await counts('order-1')).toEqual([1, 2])
      expect(await deadLetters()).toMatchObject([
        { code: 'INVALID', problems: [{ path: 'caseId', message: 'no such case' }] },
      ])
    })

    it('makes a dead letter of bytes that are no value, of an unknown schema id and of a wrong length', async () => {
      await world.start(countingService(world))
      const unknownSchema = world.encode(world.topics.input, timer('order-1', 0, ''))
      unknownSchema.writeInt32BE(2_000_000_000, 1)
      const wrong = [Buffer.from('no Avro at all'), unknownSchema, Buffer.alloc(0)]
      for (const bytes of wrong) await world.putBytes(world.topics.input, Buffer.from('order-1'), bytes)
      await put('order-1', 'fine')
      await hasPublished(1)
      await hasDeadLetters(3)
      const letters = await deadLetters()
      expect(letters.map((letter) => letter.code)).toEqual(['UNDECODABLE', 'UNDECODABLE', 'UNDECODABLE'])
      expect(letters.map((letter) => letter.value?.toString('hex'))).toEqual(
        wrong.map((b) => b.toString('hex')),
      )
      expect(await counts('order-1')).toEqual([1])
    })

    it('leaves a null key and a null value to the handler', async () => {
      const seen: unknown[] = []
      await world.start(
        countingService(world, {
          handle({ key, keyBytes, value }) {
            seen.push({ key, keyBytes, value })
            return deadLetter('INVALID', [{ path: 'key', message: 'no key' }])
          },
        }),
      )
      await world.putBytes(world.topics.input, null, null)
      await hasDeadLetters(1)
      expect(seen).toEqual([{ key: '', keyBytes: null, value: null }])
      expect(await deadLetters()).toMatchObject([{ key: null, value: null, code: 'INVALID' }])
    })

    it('hands the same record over again after retryLater, before any later one of its lane', async () => {
      let refusals = 2
      await world.start(
        countingService(world, {
          handle(record, lane) {
            if (record.value?.caseId === 'b' && refusals-- > 0) return retryLater('not yet', 10)
            return count(world, record, lane)
          },
        }),
      )
      for (const id of ['a', 'b', 'c']) await put('order-1', id)
      await hasPublished(3)
      expect(await caseIds('order-1')).toEqual(['a', 'b', 'c'])
      expect(await counts('order-1')).toEqual([1, 2, 3])
      expect(refusals).toBeLessThan(0)
    })

    it('keeps a lane waiting while beforeBatch says so', async () => {
      let refusals = 3
      await world.start(
        countingService(world, {
          beforeBatch: () => (refusals-- > 0 ? { why: 'no policy', afterMs: 10 } : undefined),
        }),
      )
      await put('order-1', 'a')
      await hasPublished(1)
      expect(refusals).toBeLessThan(0)
      expect(await counts('order-1')).toEqual([1])
    })

    it('closes each batch once, over the records that were done, within the same transaction', async () => {
      await world.start(
        countingService(world, {
          handle: (record) =>
            record.value?.caseId === 'refused'
              ? deadLetter('INVALID', [{ path: '', message: 'no' }])
              : done(),
          closeBatch: (records) =>
            done([
              {
                topic: world.topics.output,
                key: 'order-1',
                value: timer('order-1', records.length, 'closed'),
              },
            ]),
        }),
      )
      for (const id of ['a', 'refused', 'b', 'c']) await put('order-1', id)
      await world.until('three records closed', async () => {
        const closed = await counts('order-1')
        return closed.reduce((sum: number, n) => sum + (n ?? 0), 0) === 3
      })
      expect(await deadLetters()).toHaveLength(1)
    })

    it('finds the record that makes closeBatch throw, and only that one becomes a dead letter', async () => {
      await world.start(
        countingService(world, {
          handle: (record, lane) => count(world, record, lane),
          closeBatch(records) {
            if (records.some((record) => record.value?.caseId === 'poison')) throw new Error('cannot close')
            return done()
          },
        }),
      )
      for (const id of ['a', 'b', 'poison', 'c']) await put('order-1', id)
      await hasPublished(3)
      await hasDeadLetters(1)
      expect(await caseIds('order-1')).toEqual(['a', 'b', 'c'])
      expect(await counts('order-1')).toEqual([1, 2, 3])
    })

    it('refuses an outcome that is too large to be published, and goes on', async () => {
      await world.start(
        countingService(world, {
          handle: (record, lane) =>
            record.value?.caseId === 'huge'
              ? done([
                  {
                    topic: world.topics.output,
                    key: 'order-1',
                    value: timer('order-1', 0, 'x'.repeat(2_000_000)),
                  },
                ])
              : count(world, record, lane),
        }),
      )
      for (const id of ['a', 'huge', 'b']) await put('order-1', id)
      await hasPublished(2)
      await hasDeadLetters(1)
      expect(await counts('order-1')).toEqual([1, 2])
      expect((await deadLetters())[0]?.problems[0]?.message).toMatch(/at most|are allowed/)
    })

    it('keeps the largest record that a topic takes as a dead letter', async () => {
      await world.start(countingService(world))
      const largest = Buffer.alloc(1_040_000, 1)
      await world.putBytes(world.topics.input, Buffer.from('order-1'), largest)
      await put('order-1', 'a')
      await hasPublished(1)
      await hasDeadLetters(1)
      expect((await deadLetters())[0]?.value?.equals(largest)).toBe(true)
    })

    it('goes on after a restart where it stopped, with its state', async () => {
      const first = await world.start(countingService(world))
      for (const i of numbers(1, 5)) await put('order-1', `case-${i}`)
      await hasPublished(5)
      await first.stop()
      for (const i of numbers(6, 8)) await put('order-1', `case-${i}`)
      await world.start(countingService(world))
      await hasPublished(8)
      expect(await counts('order-1')).toEqual(numbers(1, 8))
      expect(await caseIds('order-1')).toEqual(numbers(1, 8).map((i) => `case-${i}`))
    })

    it('hands a lane over to another instance, which goes on where the first stopped', async () => {
      const first = await world.start(countingService(world))
      await put('order-1', 'case-1')
      await hasPublished(1)
      await world.start(countingService(world))
      for (const i of numbers(2, 20)) await put(`order-${i % 4}`, `case-${i}`)
      await first.stop()
      for (const i of numbers(21, 40)) await put(`order-${i % 4}`, `case-${i}`)
      await hasPublished(40)
      for (const k of [0, 1, 2, 3]) expect(await counts(`order-${k}`)).toEqual(numbers(1, 10))
    })

    it('forgets the state of a key when its value becomes null, after a restart too', async () => {
      const forgetful = () =>
        countingService(world, {
          handle(record, lane) {
            if (record.value?.caseId !== 'forget') return count(world, record, lane)
            return done([], { key: record.key, value: null })
          },
        })
      const first = await world.start(forgetful())
      for (const id of ['a', 'b', 'forget', 'c']) await put('order-1', id)
      await hasPublished(3)
      expect(await counts('order-1')).toEqual([1, 2, 1])
      await put('order-1', 'forget')
      await put('order-2', 'last')
      await hasPublished(4)
      await first.stop()
      await world.start(forgetful())
      await put('order-1', 'd')
      await hasPublished(5)
      expect(await counts('order-1')).toEqual([1, 2, 1, 1])
    })

    it('waits for an asynchronous handler before the next record', async () => {
      const log: string[] = []
      await world.start(
        countingService(world, {
          async handle(record, lane) {
            log.push(`begin ${record.value?.caseId}`)
            await new Promise((resolve) => setImmediate(resolve))
            log.push(`end ${record.value?.caseId}`)
            return count(world, record, lane)
          },
        }),
      )
      for (const id of ['a', 'b']) await put('order-1', id)
      await hasPublished(2)
      expect(log).toEqual(['begin a', 'end a', 'begin b', 'end b'])
    })
  })
}
