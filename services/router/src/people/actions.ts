import { type CaseAction, ruleOf, whyNot } from '@holdpoint/policy/authority'
import { isBlank } from '@holdpoint/schemas'
import type { NewEvent } from '../record/event.ts'
import { firstRefusal, type Refusal, refuse } from '../record/refusal.ts'
import type { Asked, Check } from './asked.ts'
import { answer, ask, checkQuestion } from './asking.ts'
import { checkAnsweredFields, checkCorrections, checkNoFields } from './corrections.ts'
import { checkClearable, close } from './ending.ts'
import { checkGranted } from './granting.ts'
import { checkTarget, claim, note, reassign } from './handing-over.ts'
import { checkReopenable, reopen } from './reopening.ts'
import { replan } from './replanning.ts'
import { situationOf, whoActs } from './situation.ts'
import { checkView } from './stale-view.ts'

interface ActionInRouter {
  /** What an action of its own kind can be refused for. In this order; the first "no" counts. */
  checks: readonly Check[]
  carryOut(asked: Asked): NewEvent[]
}

/** How each action is carried out. Who may do it, and what goes with it, says the policy package's authority. */
const actions: Record<CaseAction, ActionInRouter> = {
  APPROVE: { checks: [checkGranted], carryOut: close },
  REJECT: { checks: [], carryOut: close },
  CORRECT: { checks: [checkCorrections], carryOut: close },
  STOP: { checks: [], carryOut: close },
  CLEAR: { checks: [checkClearable], carryOut: close },
  ASK: { checks: [checkQuestion], carryOut: ask },
  ANSWER: { checks: [checkAnsweredFields], carryOut: answer },
  NOTE: { checks: [], carryOut: note },
  CLAIM: { checks: [], carryOut: claim },
  REASSIGN: { checks: [checkTarget], carryOut: reassign },
  REPLAN: { checks: [], carryOut: replan },
  REOPEN: { checks: [checkReopenable], carryOut: reopen },
  UNKNOWN: { checks: [], carryOut: () => [] },
}

/** What somebody does about a case, or why it is not done: who may ask comes before what may be asked. */
export function act(action: CaseAction, asked: Asked): NewEvent[] | Refusal {
  const { checks, carryOut } = actions[action]
  const refusal =
    whyNot(action, whoActs(asked.command.actor), situationOf(asked)) ??
    firstRefusal([checkReason, checkSeen, checkFields, ...checks], (check) => check(asked))
  return refusal ?? carryOut(asked)
}

function checkReason(asked: Asked): Refusal | undefined {
  const missing = ruleOf(asked.command.action)?.reasonMissing
  return missing && isBlank(asked.command.reason) ? refuse('REASON_MISSING', missing) : undefined
}

function checkSeen(asked: Asked): Refusal | undefined {
  return ruleOf(asked.command.action)?.ends ? checkView(asked) : undefined
}

function checkFields(asked: Asked): Refusal | undefined {
  return ruleOf(asked.command.action)?.takes.includes('corrections') ? undefined : checkNoFields(asked)
}
