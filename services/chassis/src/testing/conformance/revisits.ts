import { expect, it } from 'vitest'
import { done, retryLater } from '../../outcomes.ts'
import type { Lane, LaneService } from '../../port.ts'
import { type Checks, numbers } from './checks.ts'
import { count, countingService, timer } from './counting-service.ts'
import type { World } from './world.ts'

type State = 'audit.state.v1'
type Revisit = NonNullable<LaneService<'timers.schedule.v1', State>['revisit']>

/** State that is looked at again without a record. */
export function revisits(world: () => Checks): void {
  it('looks at every key again when asked, and what it writes is the state that the next record sees', async () => {
    const checks = world()
    let counts = false
    const revisit: Revisit = (key, lane) => (counts ? countAgain(checks.world, key, lane) : done([]))
    const instance = await checks.world.start(countingService(checks.world, { revisit }))
    for (const i of numbers(1, 6)) await checks.put(`order-${i % 3}`, `case-${i}`)
    await checks.hasPublished(6)
    counts = true
    instance.revisit()
    await checks.hasPublished(9)
    await checks.put('order-1', 'after')
    await checks.hasPublished(10)
    for (const k of [0, 2]) expect(await checks.counts(`order-${k}`)).toEqual([1, 2, 3])
    expect(await checks.counts('order-1')).toEqual([1, 2, 3, 4])
    expect((await checks.caseIds('order-1')).slice(2)).toEqual(['again', 'after'])
  })

  it('looks at every key once when a lane opens', async () => {
    const checks = world()
    const first = await checks.world.start(countingService(checks.world))
    for (const i of numbers(1, 5)) await checks.put(`order-${i}`, '')
    await checks.hasPublished(5)
    await first.stop()
    const revisit: Revisit = (key, lane) => countAgain(checks.world, key, lane)
    await checks.world.start(countingService(checks.world, { revisit }))
    await checks.hasPublished(10)
    for (const i of numbers(1, 5)) expect(await checks.counts(`order-${i}`)).toEqual([1, 2])
  })

  it('goes on with the other keys when one cannot be looked at, and with records', async () => {
    const checks = world()
    const first = await checks.world.start(countingService(checks.world))
    for (const i of numbers(1, 3)) await checks.put(`order-${i}`, '')
    await checks.hasPublished(3)
    await first.stop()
    let early = true
    const revisit: Revisit = (key, lane) => {
      if (early) {
        early = false
        return retryLater('not yet', 10)
      }
      return countAgain(checks.world, key, lane)
    }
    await checks.world.start(countingService(checks.world, { revisit }))
    await checks.put('order-1', 'more')
    await checks.world.until('order-1 counted', async () => (await checks.counts('order-1')).length >= 2)
  })
}

function countAgain(world: Pick<World, 'topics'>, key: string, lane: Lane<State>) {
  const record = { key, value: timer(key, 0, 'again') } as Parameters<typeof count>[1]
  return count(world, record, lane)
}
