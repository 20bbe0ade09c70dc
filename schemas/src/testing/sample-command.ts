import type { Action, Actor, Command } from '../generated/types.ts'

type Said = Partial<Command> & { orderId: string; actor: Actor; action: Action }

/** A command with everything that it need not say left empty: for tests and for measuring. */
export function sampleCommand(said: Said): Command {
  return {
    commandId: 'c-1',
    caseId: '',
    reason: 'Agreed with the customer.',
    digest: '',
    corrections: [],
    type: '',
    holds: [],
    recall: false,
    to: '',
    within: '',
    wholeOrder: false,
    forCustomer: '',
    rosterVersion: 0,
    channel: 'console',
    at: 0,
    ...said,
  }
}
