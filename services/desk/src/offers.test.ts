import { expect, it } from 'vitest'
import { type CaseRow, foldCase } from './case-row.ts'
import { actionsNow, offersTo } from './offers.ts'
import { type Around, surelyRefused } from './refusals.ts'
import { asked, closed, escalated, opened } from './testing/messages.ts'

const around: Around = {
  requester: '',
  type: { ladder: ['finance', 'controller'], reviewers: ['sales'], requestedBy: [], fourEyes: false },
  orderOwner: 'order-manager',
  latestPolicy: 1,
  elsewhere: undefined,
  onDutyFor: [],
}
const person = (subject: string, ...roles: string[]) => ({ subject, name: subject, email: '', roles })
const fiona = person('fiona', 'finance')
const after = (...events: Parameters<typeof foldCase>[1][]) =>
  events.reduce<CaseRow | undefined>((row, event) => foldCase(row, event), undefined) as CaseRow
const open = after(opened('A', 1))
const offered = (who: ReturnType<typeof person>, row = open, more: Partial<Around> = {}) =>
  offersTo(who, row, { ...around, ...more })

it('offers the decisions of the type, and what goes around them, to who decides', () => {
  expect(offered(person('fred', 'finance'))).toEqual([
    ...['APPROVE', 'REJECT', 'STOP'],
    ...['NOTE', 'CLAIM', 'REASSIGN'],
  ])
  expect(offered(fiona)).not.toContain('CLAIM')
})

it('offers the backup its decisions once the case has come to it', () => {
  const carl = person('carla', 'controller')
  expect(offered(carl)).toEqual(['NOTE'])
  expect(offered(carl, after(opened('A', 1), escalated('A', 2)))).toContain('APPROVE')
})

it('offers them to who has the case without its role, for they stand in', () =>
  expect(offered(person('fiona', 'support'))).toContain('APPROVE'))

it('offers them to who is on duty for the role, though another has the case', () =>
  expect(offered(person('sub', 'support'), open, { onDutyFor: ['finance'] })).toContain('APPROVE'))

it('offers no approval of what somebody proposed with four eyes, and no second one of their own', () => {
  const by = { subject: 'fiona', name: 'Fiona' }
  const proposed = { ...open, proposal: { corrections: [], by } }
  const fourEyes = { type: { ...(around.type as NonNullable<Around['type']>), fourEyes: true } }
  expect(offered(fiona, proposed)).toContain('APPROVE')
  expect(offered(fiona, proposed, fourEyes)).not.toContain('APPROVE')
  expect(offered(fiona, { ...open, approvals: [by] })).not.toContain('APPROVE')
})

it('offers a note to reviewers and the order owner, and nothing to others', () => {
  expect(offered(person('s', 'sales'))).toEqual(['NOTE'])
  expect(offered(person('o', 'order-manager'))).toEqual(['NOTE'])
  expect(offered(person('x', 'support'))).toEqual([])
  expect(offersTo(undefined, open, around)).toEqual([])
})

it('offers no decision on what somebody asked for or raised themselves', () => {
  expect(offered(fiona, open, { requester: 'fiona' })).toEqual(['NOTE', 'REASSIGN'])
  expect(offered(fiona, after(opened('A', 1, { raisedBy: 'fiona' })))).toEqual(['NOTE', 'REASSIGN'])
})

it('offers the answer to who is asked, and to who decides', () => {
  const waits = (to: string) =>
    after(opened('A', 1), asked('A', 2, { question: { questionId: 'q', to, text: '?', answerBy: 0 } }))
  expect(offered(person('l', 'logistics'), waits('logistics'))).toEqual(['ANSWER', 'NOTE'])
  expect(offered(person('s', 'sales'), waits('customer'))).toEqual(['ANSWER', 'NOTE'])
  expect(offered(person('s', 'sales'), waits('logistics'))).toEqual(['NOTE'])
  expect(offered(person('r'), waits('requester'), { requester: 'r' })).toEqual(['ANSWER', 'NOTE'])
  expect(offered(fiona, waits('logistics'))).toContain('ANSWER')
  expect(actionsNow(open, around)).not.toContain('ANSWER')
})

it('offers one question at a time', () => {
  const row = after(opened('A', 1, { actions: ['APPROVE', 'ASK'] }))
  expect(offered(fiona, row)).toContain('ASK')
  const waits = after(opened('A', 1, { actions: ['APPROVE', 'ASK'] }), asked('A', 2))
  expect(actionsNow(waits, around)).not.toContain('ASK')
  expect(surelyRefused({ action: 'ASK', reason: 'And?' }, fiona, waits, around)?.message).toContain(
    'waits for an answer already, of customer: "Which colour?"',
  )
})

it('offers no approval to anybody of what was asked for from where it may not be', () => {
  const elsewhere = 'It may be asked for by sales only.'
  expect(actionsNow(open, { ...around, elsewhere })).toEqual(['REJECT', 'STOP', 'NOTE', 'CLAIM', 'REASSIGN'])
  expect(offered(fiona, open, { elsewhere })).not.toContain('APPROVE')
  expect(offered(fiona, open, { elsewhere })).toContain('REJECT')
})

it('offers to open a closed case again to its owner and to the order owner', () => {
  const ended = after(opened('A', 1), closed('A', 2))
  expect(offered(fiona, ended)).toEqual(['REOPEN', 'NOTE'])
  expect(offered(person('o', 'order-manager'), ended)).toEqual(['REOPEN', 'NOTE'])
  expect(offered(person('s', 'sales'), ended)).toEqual(['NOTE'])
})

it('offers to plan anew while the clock of the owner runs by an older policy', () => {
  expect(offered(fiona, open, { latestPolicy: 2 })).toContain('REPLAN')
  const late = after(opened('A', 1), escalated('A', 2))
  expect(offered(fiona, late, { latestPolicy: 2 })).not.toContain('REPLAN')
})

it('offers to approve what was proposed whatever the type allows', () => {
  const by = { subject: 'sam', name: 'Sam' }
  const row = { ...after(opened('A', 1, { actions: ['CORRECT'] })), proposal: { corrections: [], by } }
  expect(offered(fiona, row)).toContain('APPROVE')
})
