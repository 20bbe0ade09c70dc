import type { Action } from '@holdpoint/schemas'
import { describe, expect, it } from 'vitest'
import { type CaseRow, foldCase } from './case-row.ts'
import { type Around, surelyRefused } from './refusals.ts'
import { asked, closed, opened } from './testing/messages.ts'

const type = {
  ladder: ['finance', 'controller'],
  reviewers: ['sales'],
  requestedBy: ['agents'],
  fourEyes: true,
}
const around: Around = {
  requester: '',
  type,
  orderOwner: 'order-manager',
  latestPolicy: 1,
  elsewhere: undefined,
  onDutyFor: [],
}
const person = (subject: string, ...roles: string[]) => ({ subject, name: subject, email: '', roles })
const row = (...events: Parameters<typeof foldCase>[1][]) =>
  events.reduce<CaseRow | undefined>((before, event) => foldCase(before, event), undefined) as CaseRow
const open = row(opened('A', 1))
const ended = row(opened('A', 1), closed('A', 2))

const code = (
  action: Action,
  who: ReturnType<typeof person>,
  { on = open, reason = 'Agreed', ...more }: { on?: CaseRow; reason?: string } & Partial<Around> = {},
) => surelyRefused({ action, reason }, who, on, { ...around, ...more })?.code

describe('what is refused before the router is asked', () => {
  it.each([
    ['a decision by whom no level belongs to', code('APPROVE', person('x', 'warehouse')), 'NOT_OWNER'],
    ['a decision by a reviewer', code('STOP', person('s', 'sales')), 'REVIEWER_ONLY'],
    ['one on a closed case', code('REJECT', person('f', 'finance'), { on: ended }), 'CASE_CLOSED'],
    ['one that the type does not have', code('CLEAR', person('f', 'finance')), 'ACTION_NOT_ALLOWED'],
    ['one without a reason', code('APPROVE', person('f', 'finance'), { reason: ' ' }), 'REASON_MISSING'],
    [
      'one on a wish of their own',
      code('APPROVE', person('f', 'finance'), { requester: ' f ' }),
      'OWN_REQUEST',
    ],
    [
      'an approval of what was asked for from elsewhere',
      code('APPROVE', person('f', 'finance'), { elsewhere: 'May be asked for by sales only.' }),
      'ACTION_NOT_ALLOWED',
    ],
    ['a claim of what they have', code('CLAIM', person('fiona', 'finance')), 'ACTION_NOT_ALLOWED'],
    ['a note by whom it does not concern', code('NOTE', person('x', 'warehouse')), 'NOT_INVOLVED'],
    ['opening again what is open', code('REOPEN', person('f', 'finance')), 'ACTION_NOT_ALLOWED'],
  ])('is %s', (_what, found, expected) => expect(found).toBe(expected))

  it('is the approval of what they proposed, with four eyes, and a second one of theirs', () => {
    const by = { subject: 'f', name: 'F' }
    const on = { ...open, proposal: { corrections: [], by } }
    expect(code('APPROVE', person('f', 'finance'), { on })).toBe('FOUR_EYES')
    expect(code('APPROVE', person('f', 'finance'), { on: { ...open, approvals: [by] } })).toBe('FOUR_EYES')
  })
})

describe('what the router is asked all the same', () => {
  it.each([
    ['what is allowed', code('APPROVE', person('f', 'finance'))],
    ['a level that may have come in this moment', code('APPROVE', person('c', 'controller'))],
    ['who is on duty for the role', code('APPROVE', person('s', 'support'), { onDutyFor: ['finance'] })],
    ['who has the case', code('APPROVE', person('fiona'))],
    ['anybody, when the policy cannot be read', code('APPROVE', person('x', 'sales'), { type: undefined })],
    ['a note by who may ask for such things', code('NOTE', person('a', 'agents'))],
    ['an answer', code('ANSWER', person('x', 'warehouse'), { on: row(opened('A', 1), asked('A', 2)) })],
    [
      'what was proposed, whatever the type allows',
      code('APPROVE', person('f', 'finance'), {
        on: { ...open, actions: ['CORRECT'], proposal: { corrections: [], by: { subject: 's', name: 'S' } } },
      }),
    ],
  ])('is %s', (_what, found) => expect(found).toBeUndefined())
})
