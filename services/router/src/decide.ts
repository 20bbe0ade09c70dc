import type { RouterState, TimerFired } from '@holdpoint/schemas'
import { retryNotice, takeBounce, takeOutcome } from './customer/notice-events.ts'
import { breakSilence } from './customer/silence.ts'
import { escalate, remind } from './deadlines/escalating.ts'
import { handedOver } from './deadlines/handed-over.ts'
import { endQuestion } from './people/asking.ts'
import { decideCommand } from './people/decide-command.ts'
import type { NewEvent } from './record/event.ts'
import type { Context, Input } from './record/input.ts'
import { caseOf } from './record/state.ts'
import { judgeRevision } from './revisions/judge-revision.ts'
import { staffBounce, staffFailure } from './staff/undelivered.ts'

/**
 * What an input does to the cases of an order. Pure: time, policy and roster come in the context. A refusal is an
 * event; an input that is out of date gives none. Raises NotYetArrived.
 */
export function decide(state: RouterState, input: Input, context: Context): NewEvent[] {
  switch (input.kind) {
    case 'findings':
      return judgeRevision(state, input.findings, context)
    case 'command':
      return decideCommand(state, input.command, context)
    case 'timer':
      return decideTimer(state, input.fired, context)
    case 'duty':
      return handedOver(state, context)
    case 'bounce':
      return [...takeBounce(state, input.bounce), ...staffBounce(state, input.bounce, context)]
    case 'notice':
      return [
        ...takeOutcome(state, input.outcome, context.now),
        ...staffFailure(state, input.outcome, context),
      ]
    default:
      return input satisfies never
  }
}

function decideTimer(state: RouterState, fired: TimerFired, context: Context): NewEvent[] {
  const one = caseOf(state, fired.caseId)
  switch (fired.kind) {
    case 'DEADLINE':
      return one ? escalate(state, one, fired, context) : []
    case 'REMINDER':
      return one ? remind(one, fired) : []
    case 'ANSWER':
      return one ? endQuestion(state, one, fired, context) : []
    case 'SILENCE':
      return breakSilence(state, fired, context)
    case 'NOTICE_RETRY':
      return retryNotice(state, fired)
    case 'UNKNOWN':
      return []
    default:
      return fired.kind satisfies never
  }
}
