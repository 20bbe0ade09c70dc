import { serviceNames } from '@holdpoint/local'
import { expect, test } from 'vitest'
import { broker, planStrikes } from './plan.ts'

const plan = { events: 20_000, kills: 40, seed: 3 }

test('the same seed gives the same strikes, another seed gives others', () => {
  expect(planStrikes(plan)).toEqual(planStrikes(plan))
  expect(planStrikes(plan)).not.toEqual(planStrikes({ ...plan, seed: 4 }))
})

test('every service and the broker are killed, services are frozen, and Redis is flushed', () => {
  const strikes = planStrikes(plan)
  const kills = strikes.filter(({ what }) => what === 'kill')
  expect(kills).toHaveLength(40)
  for (const victim of [...serviceNames, broker])
    expect(kills.filter((kill) => kill.victim === victim)).toHaveLength(5)
  expect(strikes.filter(({ what }) => what === 'flush').map(({ victim }) => victim)).toEqual(
    Array.from({ length: 5 }, () => 'redis'),
  )
  const frozen = strikes.filter(({ what }) => what === 'freeze').map(({ victim }) => victim)
  expect(new Set(frozen).size).toBe(5)
  expect(serviceNames).toEqual(expect.arrayContaining(frozen))
})

test('strikes follow one another while the events flow', () => {
  const moments = planStrikes(plan).map(({ afterEvents }) => afterEvents)
  expect(moments).toEqual([...moments].sort((a, b) => a - b))
  expect(moments[0]).toBeGreaterThan(0)
  expect(moments.at(-1)).toBeLessThan(20_000)
})

test('no two strikes lie closer than half a step', () => {
  for (let seed = 0; seed < 200; seed++) {
    const strikes = planStrikes({ ...plan, seed })
    const halfAStep = plan.events / (strikes.length + 1) / 2
    const gaps = strikes.slice(1).map(({ afterEvents }, i) => afterEvents - (strikes[i]?.afterEvents ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(Math.floor(halfAStep))
  }
})
