import type { Command, Forget } from '@holdpoint/schemas'
import { sampleCommand } from '@holdpoint/schemas/testing'

export const now = Date.UTC(2026, 4, 4, 9)

export const command = (orderId: string, reason = 'The contract allows it.'): Command =>
  sampleCommand({
    commandId: `K-${orderId}`,
    orderId,
    caseId: `C-${orderId}`,
    action: 'APPROVE',
    actor: { subject: 'fiona', name: 'Fiona', roles: ['finance'] },
    reason,
    digest: 'd',
    channel: 'cli',
    at: now,
  })

export const forget = (orderId: string): Forget => ({
  orderId,
  by: { subject: 'olga', name: 'Olga', roles: ['order-manager'] },
  reason: 'They asked for it.',
  at: now,
})
