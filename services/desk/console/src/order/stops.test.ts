import { describe, expect, it } from 'vitest'
import { describeStop, tellStages } from './stops.ts'

const stops = { reject: ['invoicing'], stop: ['invoicing'], wholeOrder: ['invoicing', 'shipping'] }

describe('what a no is said to do', () => {
  it('names each stage that stops', () => {
    expect(tellStages(['invoicing', 'shipping'])).toBe('invoicing and shipping stop')
    expect(describeStop('stop', { stops })).toBe('Invoicing stops.')
    expect(describeStop('stop', { stops }, true)).toBe('Invoicing and shipping stop.')
    expect(describeStop('reject', { stops })).toBe(
      'Invoicing stops until these values change: the order may not go on as it is.',
    )
  })

  it('says when nothing stops', () =>
    expect(describeStop('reject', { stops: { ...stops, reject: [] } })).toBe(
      'The order stays as it was; nothing stops.',
    ))

  it('says that what was asked for is not done either', () =>
    expect(describeStop('stop', { stops, requestId: 'R-1' })).toBe(
      'Invoicing stops, and what was asked for is not done.',
    ))
})
