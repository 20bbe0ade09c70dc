import { describe, expect, test } from 'vitest'
import type { SeenRecord } from '../recording/recording.ts'
import { stopsLaw } from './stops-law.ts'

const record = (topic: string, message: object) =>
  ({ topic, message: { orderId: 'SO-1', ...message } }) as unknown as SeenRecord
const event = (message: object) => record('cases.events.v1', message)

const opened = event({
  type: 'OPENED',
  caseId: 'C-1',
  opened: { type: 'large', mayStop: ['invoicing', 'shipping'] },
})
const stopped = (...stops: string[]) =>
  event({ type: 'CLOSED', caseId: 'C-1', closed: { outcome: 'REJECTED', stops } })
const told = event({
  type: 'OPENED',
  caseId: 'C-2',
  opened: { type: 'stopped', mayStop: ['invoicing', 'shipping'] },
})
const ended = event({ type: 'CLOSED', caseId: 'C-2', closed: { outcome: 'OBSOLETE', stops: [] } })
const lifted = event({ type: 'STOP_LIFTED', caseId: 'C-1' })
const cancelled = record('orders.revisions.v1', { cancelled: true })

function faultsIn(...records: SeenRecord[]): string[] {
  const law = stopsLaw()
  const faults: string[] = []
  for (const one of records) law.take(one)
  law.close((message) => faults.push(message))
  return faults
}

const whole = stopped('invoicing', 'shipping')

describe('the law of stops', () => {
  test('is kept by a stop that somebody has before them, until it is lifted or the order cancelled', () => {
    expect(faultsIn(opened, whole, told)).toEqual([])
    expect(faultsIn(opened, whole, told, lifted, ended)).toEqual([])
    expect(faultsIn(opened, whole, told, cancelled, ended)).toEqual([])
  })

  test.each([
    ['half a stop', [opened, stopped('invoicing'), told], 'Case C-1 stops invoicing and not shipping.'],
    ['a stop that nobody has', [opened, whole], 'Order SO-1 is stopped, and nobody has it.'],
    ['one that was forgotten', [opened, whole, told, ended], 'Order SO-1 is stopped, and nobody has it.'],
    [
      'a case without a stop',
      [opened, whole, told, lifted],
      'Order SO-1 is told to be stopped, and nothing stops it.',
    ],
  ])('is broken by %s', (_, records, fault) => {
    expect(faultsIn(...records)).toEqual([fault])
  })
})
