import { oneCase, oneEvent } from '@holdpoint/desk-contract/testing'

export const event = {
  ...oneEvent,
  type: 'CLOSED',
  actor: { subject: 'sam', name: 'Sam Okafor', roles: [] },
  reason: 'checked',
}
const order = { shipping: { city: 'Boston', country: 'US' }, lines: [], placedAt: '2026-03-01T09:00:00.000Z' }
/** What a desk with one case answers to the commands that read and decide it. */
export const deskWithCase = () => ({
  'GET /cases': { body: { cases: [oneCase], next: null, total: 1 } },
  'GET /cases/C-1': { body: { case: oneCase, events: [event], receipts: [] } },
  'GET /orders/SO-1': { body: { orderId: 'SO-1', order } },
  'POST /session': { body: { token: 'token-of-sam' } },
  'POST /cases/C-1/actions': {
    body: {
      commandId: 'x',
      status: 'done',
      case: { ...oneCase, status: 'CLOSED', outcome: 'CORRECTED' },
      events: [event],
    },
  },
})
