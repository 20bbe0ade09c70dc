import { describe, expect, test } from 'vitest'
import { carl, finding, fiona, given, minute, sam, start } from '../testing/given.ts'

const opened = () => given().revised({ findings: [finding('large-order')] })

describe('the deadline of a case', () => {
  test('is scheduled when the case opens', () => {
    const order = opened()
    const caseId = order.caseId('large-order')
    expect(order.published('timers.schedule.v1')).toEqual([
      {
        topic: 'timers.schedule.v1',
        key: `${caseId}:deadline`,
        value: {
          timerId: `${caseId}:deadline`,
          orderId: 'SO-1041',
          caseId,
          kind: 'DEADLINE',
          version: 1,
          dueAt: start + 120 * minute,
        },
      },
    ])
  })

  test('escalates to the backup when it passes, which has as much time', () => {
    const order = opened()
      .after(120 * minute)
      .deadlinePasses('large-order')
    expect(order.last.events).toMatchObject([
      { type: 'ESCALATED', escalated: { level: 1, to: 'controller' } },
    ])
    expect(order.published('timers.schedule.v1')).toMatchObject([
      { value: { version: 2, dueAt: start + 240 * minute } },
    ])
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'HOLD' })
  })

  test('escalates once however often the timer fires', () => {
    const order = opened().deadlinePasses('large-order').deadlinePasses('large-order')
    expect(order.happened).toEqual([])
    expect(order.last.publish).toEqual([])
  })

  test('reminds the last level again and again: an order that waits always has a timer', () => {
    const order = opened()
    expect(order.waits(10 * 60 * minute)).toEqual(Array(5).fill('DEADLINE'))
    expect(order.events.map(({ type }) => type)).toEqual([
      'OPENED',
      'ESCALATED',
      ...Array(4).fill('REMINDED'),
    ])
    expect(order.acts(carl, 'APPROVE', 'large-order').refusal).toBeUndefined()
    expect(order.waits(10 * 60 * minute)).toEqual([])
  })

  test('does nothing with a version that is not the current one', () => {
    expect(opened().deadlinePasses('large-order', 2).happened).toEqual([])
  })

  test('is cancelled when the case closes, and a late fire changes nothing', () => {
    const order = opened().acts(fiona, 'APPROVE', 'large-order')
    expect(order.published('timers.schedule.v1')).toMatchObject([{ value: null }])
    const before = order.state
    expect(order.deadlinePasses('large-order').state).toBe(before)
  })

  test('of an unknown timer changes nothing', () => {
    const order = opened()
    const before = order.state
    expect(order.fires({ timerId: 'C-NOBODY:deadline' }).state).toBe(before)
    expect(order.fires({ timerId: 'N-NOBODY:retry', kind: 'NOTICE_RETRY' }).state).toBe(before)
  })
})

test('one case that closes leaves the timers of the others alone', () => {
  const order = given().revised({ findings: [finding('large-order'), finding('shipping-address')] })
  order.corrects(sam, 'shipping-address', [{ path: 'shipping.city', expected: 'Whitby', value: 'Hull' }])
  expect(order.published('timers.schedule.v1')).toEqual([])
  order.revised({ set: { 'shipping.city': 'Hull' }, correctedBy: 'sam', findings: [finding('large-order')] })
  expect(order.published('timers.schedule.v1').map(({ key }) => key)).toEqual([
    `${order.caseId('shipping-address')}:deadline`,
  ])
})
