import { describe, expect, it } from 'vitest'
import { Arrivals, spreadOf } from './measure.ts'

describe('what the bench measures with', () => {
  it('takes percentiles by nearest rank, in any order of values', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i)
    expect(spreadOf(values)).toEqual({ p50: 50, p99: 99, max: 100, count: 100 })
  })

  it('gives the one value of a single one', () => expect(spreadOf([7])).toMatchObject({ p50: 7, p99: 7 }))

  it('counts a key once', async () => {
    const arrivals = new Arrivals()
    for (const key of ['a', 'b', 'a']) arrivals.take(key)
    await arrivals.reach(2)
    expect(arrivals.count).toBe(2)
  })
})
