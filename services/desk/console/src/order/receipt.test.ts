import type { Receipt } from '@holdpoint/desk-contract'
import { expect, it } from 'vitest'
import { tellReceipt } from './receipt.ts'

const [start, asked, now] = ['2026-03-02T08:00:00Z', '2026-03-02T08:30:00Z', '2026-03-02T09:00:00Z'] as const
const receipt: Receipt = {
  startedAt: start,
  closedAt: null,
  policyVersion: 3,
  owner: 'order-manager',
  within: '2 working hours',
  due: null,
  lines: [
    { from: start, to: asked, kind: 'ran' },
    { from: asked, to: now, kind: 'paused' },
  ],
  ranMs: 1_800_000,
  pausedMs: 1_800_000,
  closedMs: 0,
}

it('tells whose time it was, what it did, and the sums that are not nothing', () => {
  const told = tellReceipt(receipt)
  expect(told.head).toMatch(/^2 working hours of order manager from .* with no end while it waits/)
  expect(told.lines.map(({ what, span }) => [what, span])).toEqual([
    ['ran', '30 min'],
    ['stood still, waiting for an answer', '30 min'],
  ])
  expect(told.sum).toBe('In all: ran 30 min, waited 30 min')
})

it('tells until when the owner had', () =>
  expect(tellReceipt({ ...receipt, due: now }).head).toMatch(/ until .*, by policy version 3$/))
