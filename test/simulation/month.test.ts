import { expect, test } from 'vitest'
import { simulateMonth } from './month.ts'

test('a month of orders on the virtual clock leaves nothing behind', () => {
  const { orders, types, left, days } = simulateMonth(3_000)
  expect(orders).toBe(3_000)
  expect(left).toEqual({ openCases: 0, heldOrders: 0, pendingTimers: 0, lostTimers: 0 })
  expect(days).toBeGreaterThan(27)
  const sum = (of: 'cases' | 'withinTime' | 'escalated' | 'asked' | 'reopened') =>
    types.reduce((all, one) => all + one[of], 0)
  expect(sum('withinTime') + sum('escalated')).toBe(sum('cases'))
  for (const kind of ['cases', 'escalated', 'asked', 'reopened'] as const)
    expect(sum(kind)).toBeGreaterThan(0)
  expect(types.map(({ type }) => type)).toContain('clearance')
})
