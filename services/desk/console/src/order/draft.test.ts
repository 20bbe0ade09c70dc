import type { CaseDetail, OrderView } from '@holdpoint/desk-contract'
import { describe, expect, it } from 'vitest'
import {
  asSeen,
  contentOf,
  type Draft,
  emptyDraft,
  isUntouched,
  lackOf,
  settable,
  withProposal,
} from './draft.ts'

const request = { requestId: 'R-1', proposes: [{ path: 'billing.terms', value: 'NET60' }] }
const view = {
  digest: 'd-1',
  requests: [{ request }],
  order: { lines: [], shipping: { city: 'Leeds' }, billing: { terms: 'NET30' } },
} as unknown as OrderView
const one = {
  mayCorrect: ['shipping.*'],
  requestId: '',
  request: null,
  proposal: null,
} as unknown as CaseDetail
const draft: Draft = {
  reason: ' Rang them ',
  to: 'customer',
  within: '1 working day',
  wholeOrder: true,
  forCustomer: '',
  edits: { 'shipping.city': 'Hull' },
  seen: null,
}

describe('what is sent', () => {
  it('is only what belongs to the action', () => {
    expect(contentOf('reject', draft, one, view)).toEqual({
      action: 'reject',
      reason: 'Rang them',
      digest: 'd-1',
      corrections: [],
    })
    expect(contentOf('ask', draft, one, view)).toMatchObject({ to: 'customer', within: '1 working day' })
    expect(contentOf('stop', draft, one, view)).toMatchObject({ wholeOrder: true })
  })

  it('has the fields that an answer, a correction or an approval sets, with what was seen', () => {
    const corrections = [{ path: 'shipping.city', expected: 'Leeds', value: 'Hull' }]
    for (const action of ['answer', 'correct', 'approve'] as const)
      expect(contentOf(action, draft, one, view)).toMatchObject({ corrections })
  })

  it('has the values that an approval grants otherwise than they were asked for, and no others', () => {
    const asked = { ...one, requestId: 'R-1', request } as unknown as CaseDetail
    const granting = (edits: Draft['edits']) =>
      contentOf('approve', { ...draft, edits }, asked, view).corrections
    expect(granting({ 'billing.terms': 'NET45' })).toEqual([
      { path: 'billing.terms', expected: 'NET30', value: 'NET45' },
    ])
    expect(granting({ 'billing.terms': 'NET60' })).toEqual([])
    expect(granting({ 'billing.terms': 'NET30' })).toEqual([
      { path: 'billing.terms', expected: 'NET30', value: 'NET30' },
    ])
  })

  it('may set what the request of the case is about, too', () => {
    expect(settable({ ...one, requestId: 'R-1' }, view)).toEqual(['shipping.*', 'billing.terms'])
    expect(settable(one, view)).toEqual(['shipping.*'])
    const unnamed = { ...one, type: 'unnamed-request', requestId: 'R-1' }
    expect(settable(unnamed, view)).toEqual([])
  })
})

describe('what is missing', () => {
  it.each([
    ['approve', 'reason'],
    ['ask', 'to'],
    ['reassign', 'to'],
    ['correct', 'change'],
    ['claim', ''],
    ['answer', 'reason'],
  ] as const)('in an empty form to %s is: %s', (action, lack) =>
    expect(lackOf(action, emptyDraft, [])).toBe(lack),
  )
  it('is nothing once it is written', () => expect(lackOf('ask', draft, [])).toBe(''))
})

describe('what a decision is bound to', () => {
  it('is the order and the values that somebody proposed for the case', () => {
    expect(withProposal(view, { digest: 'd-0' })).toBe(view)
    const displayed = withProposal(view, { digest: 'd-0+p-1' })
    expect(contentOf('approve', draft, one, displayed).digest).toBe('d-1+p-1')
  })

  it('has changed once somebody proposes other values', () => {
    const seen = { digest: 'd-1+p-1', revision: 1 }
    const now = withProposal({ ...view, revision: 1 }, { digest: 'd-1+p-2' })
    expect(contentOf('approve', draft, one, asSeen(now, seen)).digest).toBe('d-1+p-1')
    expect(
      contentOf('approve', draft, one, asSeen(withProposal(view, { digest: 'd-1+p-1' }), seen)).digest,
    ).toBe('d-1+p-1')
  })
})

describe('what was kept of an earlier day', () => {
  it('knows that the order has changed since, and is bound to what was seen then', () => {
    const seen = { digest: 'd-0', revision: 4 }
    expect(asSeen({ ...view, revision: 5 }, seen)).toMatchObject({ ...seen, order: view.order })
    expect(contentOf('approve', draft, one, asSeen(view, seen)).digest).toBe('d-0')
  })

  it('is of the order as it is when that has not changed', () => {
    expect(asSeen(view, { digest: 'd-1', revision: 1 })).toBe(view)
    expect(asSeen(view, null)).toBe(view)
  })

  it('is nothing when nobody has written anything', () => {
    expect(isUntouched({ ...emptyDraft, seen: { digest: 'd-1', revision: 1 } })).toBe(true)
    expect(isUntouched({ ...emptyDraft, reason: ' ' })).toBe(false)
  })
})
