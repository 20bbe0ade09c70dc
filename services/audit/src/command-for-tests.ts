import type { Command } from '@holdpoint/schemas'

export const now = Date.UTC(2026, 4, 4, 9)

export const command = (orderId: string, reason = 'The contract allows it.'): Command => ({
  commandId: `K-${orderId}`,
  orderId,
  caseId: `C-${orderId}`,
  action: 'APPROVE',
  actor: { subject: 'fiona', name: 'Fiona', roles: ['finance'] },
  reason,
  digest: 'd',
  corrections: [],
  type: '',
  to: '',
  within: '',
  wholeOrder: false,
  rosterVersion: 0,
  channel: 'cli',
  at: now,
})
