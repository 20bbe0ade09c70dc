import type { CaseState, RouterState } from '@holdpoint/schemas'
import { decideCommand } from './decide-command.ts'
import type { NewEvent } from './event.ts'
import { type Context, type Input, slaTimer } from './input.ts'
import { judgeRevision } from './judge-revision.ts'
import { retryNotice, takeOutcome } from './notice-events.ts'
import { isOpen } from './state.ts'

/**
 * What an input does to the cases of an order. Pure: time and policy come in the context. A refusal is an event; an
 * input that is out of date gives none. Raises PolicyMissing.
 */
export function decide(state: RouterState, input: Input, context: Context): NewEvent[] {
  switch (input.kind) {
    case 'findings':
      return judgeRevision(state, input.findings, context)
    case 'command':
      return decideCommand(state, input.command, context)
    case 'timer':
      return input.fired.kind === 'NOTICE_RETRY'
        ? retryNotice(state, input.fired)
        : escalate(state, input.fired.timerId, input.fired.version)
    case 'notice':
      return takeOutcome(state, input.outcome, context.now)
    default:
      return input satisfies never
  }
}

export function deadlineTimerId({ caseId }: CaseState): string {
  return `${caseId}:deadline`
}

/** The deadline of an open case passed: from now on the backup may decide as well. An old version changes nothing. */
function escalate(state: RouterState, timerId: string, version: number): NewEvent[] {
  const one = state.cases.find((other) => deadlineTimerId(other) === timerId)
  if (!one || !isOpen(one) || one.deadline === null || one.timerVersion !== version) return []
  const { caseId, policyVersion, owner, backup, level } = one
  return [
    {
      type: 'ESCALATED',
      caseId,
      actor: slaTimer,
      reason: `${owner} has not decided by the deadline: ${backup} may decide too.`,
      commandId: '',
      policyVersion,
      escalated: { level: level + 1, to: backup, deadline: null, timerVersion: version + 1 },
    },
  ]
}
