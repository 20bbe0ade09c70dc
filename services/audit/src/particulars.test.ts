import type { LaneRecord } from '@holdpoint/chassis'
import type { CaseEvent, TopicName } from '@holdpoint/schemas'
import { expect, test } from 'vitest'
import { particularsOf } from './particulars.ts'
import { command } from './testing/command.ts'

const whatOf = (topic: TopicName, value: unknown) =>
  particularsOf({ topic, key: 'SO-1', timestamp: 0, value } as unknown as LaneRecord).what

test.each([
  [{ action: 'APPROVE' }, 'command APPROVE'],
  [{ action: 'ASK', to: 'customer' }, 'command ASK customer'],
  [{ action: 'REASSIGN', to: 'frank' }, 'command REASSIGN frank'],
  [{ action: 'RAISE', type: 'other' }, 'command RAISE other'],
  [{ action: 'STOP', wholeOrder: true }, 'command STOP of the whole order'],
])('a command says what it is about: %o', (own, what) =>
  expect(whatOf('desk.commands.v1', { ...command('SO-1'), ...own })).toBe(what),
)

const event = { orderId: 'SO-1', caseId: 'C-1', actor: { subject: 'fiona' }, reason: '', at: 0 }

test.each<[Partial<CaseEvent>, string]>([
  [{ type: 'NOTED' }, 'case NOTED'],
  [{ type: 'ESCALATED', escalated: { level: 1, to: 'controller' } }, 'case ESCALATED controller'],
  [{ type: 'ASSIGNED', assigned: { subject: 'frank', name: 'Frank' } }, 'case ASSIGNED frank'],
  [{ type: 'ASSIGNED', assigned: { subject: '', name: '' } }, 'case ASSIGNED nobody'],
  [
    { type: 'ASKED', question: { questionId: 'Q', to: 'customer', text: '?', answerBy: 0 } },
    'case ASKED customer',
  ],
  [
    { type: 'APPROVAL_GIVEN', approval: { given: 1, needed: 2, inPlaceOf: [] } },
    'case APPROVAL_GIVEN 1 of 2',
  ],
  [
    {
      type: 'CLOSED',
      closed: {
        outcome: 'OBSOLETE',
        corrections: [],
        asked: [],
        stops: [],
        correctionId: '',
        endedBy: 'C-2',
        forCustomer: '',
      },
    },
    'case CLOSED with C-2',
  ],
  [
    { type: 'REFUSED', refused: { code: 'NOT_OWNER', message: 'No.', action: 'APPROVE' } },
    'case REFUSED NOT_OWNER',
  ],
])('an event says what came of it: %o', (own, what) =>
  expect(whatOf('cases.events.v1', { ...event, ...own })).toBe(what),
)
