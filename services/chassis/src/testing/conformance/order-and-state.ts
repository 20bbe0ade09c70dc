import { expect, it } from 'vitest'
import { deadLetter, done, retryLater } from '../../outcomes.ts'
import { type Checks, numbers } from './checks.ts'
import { count, countingService, fired, timer } from './counting-service.ts'

/** Order, state, batches, restarts. */
export function orderAndState(world: () => Checks): void {
  it('handles the records of a key in order, each seeing the state that the one before left', async () => {
    const checks = world()
    await checks.world.start(countingService(checks.world))
    for (const i of numbers(1, 30)) await checks.put(`order-${i % 3}`, `case-${i}`)
    await checks.hasPublished(30)
    for (const k of [0, 1, 2]) {
      expect(await checks.counts(`order-${k}`)).toEqual(numbers(1, 10))
      const expected = numbers(1, 30).filter((i) => i % 3 === k)
      expect(await checks.caseIds(`order-${k}`)).toEqual(expected.map((i) => `case-${i}`))
    }
  })

  it('joins all inputs of a lane: a key has one state over all of them', async () => {
    const checks = world()
    await checks.world.start(countingService(checks.world))
    for (const i of numbers(1, 5)) {
      await checks.put('order-1', `scheduled-${i}`)
      await checks.world.put(checks.world.topics.other, 'order-1', fired('order-1', `fired-${i}`))
    }
    await checks.hasPublished(10)
    expect(await checks.counts('order-1')).toEqual(numbers(1, 10))
    const ids = await checks.caseIds('order-1')
    expect(ids.filter((id) => id?.startsWith('fired'))).toEqual(numbers(1, 5).map((i) => `fired-${i}`))
  })

  it('publishes on the partition of the lane', async () => {
    const checks = world()
    await checks.world.start(
      countingService(checks.world, {
        handle: ({ key }, lane) =>
          done([
            {
              topic: checks.world.topics.output,
              key: 'always-the-same',
              value: timer(key, lane.partition, ''),
            },
          ]),
      }),
    )
    for (const i of numbers(1, 20)) await checks.put(`order-${i}`, '')
    await checks.hasPublished(20)
    const published = await checks.world.published(checks.world.topics.output)
    expect(published.every((record) => record.value?.version === record.partition)).toBe(true)
    expect(new Set(published.map((record) => record.partition)).size).toBe(checks.world.lanes)
  })

  it('hands the same record over again after retryLater, before any later one of its lane', async () => {
    const checks = world()
    let refusals = 2
    await checks.world.start(
      countingService(checks.world, {
        handle(record, lane) {
          if (record.value?.caseId === 'b' && refusals-- > 0) return retryLater('not yet', 10)
          return count(checks.world, record, lane)
        },
      }),
    )
    for (const id of ['a', 'b', 'c']) await checks.put('order-1', id)
    await checks.hasPublished(3)
    expect(await checks.caseIds('order-1')).toEqual(['a', 'b', 'c'])
    expect(await checks.counts('order-1')).toEqual([1, 2, 3])
    expect(refusals).toBeLessThan(0)
  })

  it('keeps a lane waiting while beforeBatch says so', async () => {
    const checks = world()
    let refusals = 3
    await checks.world.start(
      countingService(checks.world, {
        beforeBatch: () => (refusals-- > 0 ? { why: 'no policy', afterMs: 10 } : undefined),
      }),
    )
    await checks.put('order-1', 'a')
    await checks.hasPublished(1)
    expect(refusals).toBeLessThan(0)
    expect(await checks.counts('order-1')).toEqual([1])
  })

  it('closes each batch once, over the records that were done, within the same transaction', async () => {
    const checks = world()
    await checks.world.start(
      countingService(checks.world, {
        handle: (record) =>
          record.value?.caseId === 'refused' ? deadLetter('INVALID', [{ path: '', message: 'no' }]) : done(),
        closeBatch: (records) =>
          done([
            {
              topic: checks.world.topics.output,
              key: 'order-1',
              value: timer('order-1', records.length, 'closed'),
            },
          ]),
      }),
    )
    for (const id of ['a', 'refused', 'b', 'c']) await checks.put('order-1', id)
    await checks.world.until('three records closed', async () => {
      const closed = await checks.counts('order-1')
      return closed.reduce((sum: number, n) => sum + (n ?? 0), 0) === 3
    })
    await checks.hasDeadLetters(1)
  })

  it('goes on after a restart where it stopped, with its state', async () => {
    const checks = world()
    const first = await checks.world.start(countingService(checks.world))
    for (const i of numbers(1, 5)) await checks.put('order-1', `case-${i}`)
    await checks.hasPublished(5)
    await first.stop()
    for (const i of numbers(6, 8)) await checks.put('order-1', `case-${i}`)
    await checks.world.start(countingService(checks.world))
    await checks.hasPublished(8)
    expect(await checks.counts('order-1')).toEqual(numbers(1, 8))
    expect(await checks.caseIds('order-1')).toEqual(numbers(1, 8).map((i) => `case-${i}`))
  })

  it('hands a lane over to another instance, which goes on where the first stopped', async () => {
    const checks = world()
    const first = await checks.world.start(countingService(checks.world))
    await checks.put('order-1', 'case-1')
    await checks.hasPublished(1)
    await checks.world.start(countingService(checks.world))
    for (const i of numbers(2, 20)) await checks.put(`order-${i % 4}`, `case-${i}`)
    await first.stop()
    for (const i of numbers(21, 40)) await checks.put(`order-${i % 4}`, `case-${i}`)
    await checks.hasPublished(40)
    for (const k of [0, 1, 2, 3]) expect(await checks.counts(`order-${k}`)).toEqual(numbers(1, 10))
  })

  it('forgets the state of a key when its value becomes null, after a restart too', async () => {
    const checks = world()
    const forgetful = () =>
      countingService(checks.world, {
        handle(record, lane) {
          if (record.value?.caseId !== 'forget') return count(checks.world, record, lane)
          return done([], { key: record.key, value: null })
        },
      })
    const first = await checks.world.start(forgetful())
    for (const id of ['a', 'b', 'forget', 'c']) await checks.put('order-1', id)
    await checks.hasPublished(3)
    expect(await checks.counts('order-1')).toEqual([1, 2, 1])
    await checks.put('order-1', 'forget')
    await checks.put('order-2', 'last')
    await checks.hasPublished(4)
    await first.stop()
    await checks.world.start(forgetful())
    await checks.put('order-1', 'd')
    await checks.hasPublished(5)
    expect(await checks.counts('order-1')).toEqual([1, 2, 1, 1])
  })

  it('waits for an asynchronous handler before the next record', async () => {
    const checks = world()
    const log: string[] = []
    await checks.world.start(
      countingService(checks.world, {
        async handle(record, lane) {
          log.push(`begin ${record.value?.caseId}`)
          await new Promise((resolve) => setImmediate(resolve))
          log.push(`end ${record.value?.caseId}`)
          return count(checks.world, record, lane)
        },
      }),
    )
    for (const id of ['a', 'b']) await checks.put('order-1', id)
    await checks.hasPublished(2)
    expect(log).toEqual(['begin a', 'end a', 'begin b', 'end b'])
  })
}
