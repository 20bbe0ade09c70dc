import type { OrderView } from '@holdpoint/desk-contract'
import { oneCase } from '@holdpoint/desk-contract/testing'
import { expect, test } from 'vitest'
import { orderText } from './order-text.ts'

const view = (more: Partial<OrderView>): OrderView => ({
  ...{
    orderId: 'SO-1',
    revision: 1,
    digest: 'd',
    order: null,
    total: '0',
    stages: {},
    requests: [],
    facts: {},
  },
  ...{ cancelled: false, verdicts: [], cases: [], revisions: [], decisions: [], events: [], notices: [] },
  deadLetters: [],
  ...more,
})
const text = (more: Partial<OrderView>) => orderText(view(more), Date.parse('2026-03-02T09:00:00Z'))
const held = (stage: string): OrderView['verdicts'][number] => ({
  ...{ stage, verdict: 'HOLD', caseIds: ['C-1'] },
  ...{ recall: false, tooLate: false },
})

test('a stage names the case that holds it, or that its clearance waits for', () => {
  const shown = text({ verdicts: [held('shipping'), held('invoicing')], cases: [oneCase] })
  expect(shown).toContain('  shipping: HOLD (C-1)\n')
  expect(shown).toContain('  invoicing: HOLD (for the clearance of the order, once C-1 is decided)\n')
})

test('a message says to whom it went, how, about what, and what became of it', () => {
  const notice = {
    noticeId: 'N-1',
    attempt: 2,
    status: 'SENT',
    permanent: false,
    detail: '250 ok',
    at: '2026-03-02T09:00:00Z',
  }
  const told = {
    channel: 'EMAIL',
    to: 'Mara',
    address: 'mara@example.com',
    caseIds: ['C-1'],
    subject: 'It waits',
  }
  expect(text({ notices: [{ ...notice, ...told }] })).toMatch(
    /N-1 {2}to Mara <mara@example\.com>, by e-mail, about C-1, attempt 2: “It waits”; sent 250 ok\n/,
  )
  const unknown = { channel: '', to: '', address: '', caseIds: [], subject: '' }
  expect(text({ notices: [{ ...notice, ...unknown, attempt: 1 }] })).toMatch(/N-1 {2}sent 250 ok\n/)
})
