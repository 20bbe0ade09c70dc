import type { Receipt, ReceiptLine } from '@holdpoint/desk-contract'
import { showMoment, showRole, showSpan } from '../text/format.ts'

/** The deadline receipt of one run in words. */
export interface ToldReceipt {
  key: string
  head: string
  lines: { key: string; when: string; what: string; span: string }[]
  sum: string
}

const did: Record<ReceiptLine['kind'], string> = {
  ran: 'ran',
  paused: 'stood still, waiting for an answer',
  closed: 'stood still, outside opening hours',
}

export function tellReceipt(receipt: Receipt): ToldReceipt {
  const { startedAt, within, owner, policyVersion, due, lines, ranMs, pausedMs, closedMs } = receipt
  const until = due ? `until ${showMoment(due)}` : 'with no end while it waits'
  const rest = [
    ...(pausedMs > 0 ? [`waited ${showSpan(pausedMs)}`] : []),
    ...(closedMs > 0 ? [`outside opening hours ${showSpan(closedMs)}`] : []),
  ]
  return {
    key: startedAt,
    head: `${within} of ${showRole(owner)} from ${showMoment(startedAt)} ${until}, by policy version ${policyVersion}`,
    lines: lines.map(({ from, to, kind }) => ({
      key: from,
      when: `${showMoment(from)} – ${showMoment(to)}`,
      what: did[kind],
      span: showSpan(Date.parse(to) - Date.parse(from)),
    })),
    sum: [`In all: ran ${showSpan(ranMs)}`, ...rest].join(', '),
  }
}
