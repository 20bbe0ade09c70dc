import type { CaseEvent } from '@holdpoint/desk-contract'
import { oneCase, oneEvent } from '@holdpoint/desk-contract/testing'
import { expect, test } from 'vitest'
import { commandMark, whyHandsOff } from './hands-off.ts'

const orderId = 'H1-261130-00017'
const opened: CaseEvent = { ...oneEvent, at: '2026-11-30T09:00:00Z' }
const by = (commandId: string, type: CaseEvent['type'] = 'NOTED'): CaseEvent => ({
  ...opened,
  type,
  commandId,
})
const revision = (kind: string, eventId: string) => ({
  revision: 1,
  at: opened.at,
  cause: { kind, source: 'webshop', eventId, occurredAt: opened.at },
  changes: [],
})
const shown = { case: { ...oneCase, orderId }, events: [opened] }
const order = { orderId, revisions: [revision('PLACED', `${orderId}-placed`)] }

test('a case of a made-up order is for the sample people, also after they have done something about it', () => {
  expect(whyHandsOff(shown, order, 'H')).toBeUndefined()
  expect(
    whyHandsOff({ ...shown, events: [opened, by(`${commandMark}1`, 'ASKED')] }, order, 'H'),
  ).toBeUndefined()
  const corrected = { orderId, revisions: [...order.revisions, revision('UNKNOWN', 'C-2:1')] }
  expect(whyHandsOff(shown, corrected, 'H')).toBeUndefined()
})

test.each<[string, Parameters<typeof whyHandsOff>]>([
  ['of the order of the tour', [shown, { ...order, orderId: 'SO-1042' }, 'H']],
  ['of orders with another letter', [shown, order, 'W']],
  ['that somebody claimed', [{ ...shown, events: [opened, by('5f0c', 'ASSIGNED')] }, order, 'H']],
  ['that somebody tried to decide', [{ ...shown, events: [opened, by('5f0c', 'REFUSED')] }, order, 'H']],
  ['that somebody raised', [{ ...shown, case: { ...shown.case, raisedBy: 'sally' } }, order, 'H']],
  [
    'of an order about which somebody sent something',
    [shown, { orderId, revisions: [...order.revisions, revision('REQUESTED', 'my-wish')] }, 'H'],
  ],
])('they keep their hands off a case %s', (_, asked) => {
  expect(whyHandsOff(...asked)).toMatch(/^somebody/)
})
