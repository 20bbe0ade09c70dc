import type { Actor, CaseState, Decision, DecisionCase, RouterState, StageVerdict } from '@holdpoint/schemas'
import { type Context, causeOf, type Input, notifier, router, slaTimer } from '../record/input.ts'
import { verdictsOf } from './verdicts.ts'

/**
 * The decision that billing and warehouse need now: one when a verdict, whether a case stops it, or the order's
 * content differs from the last one that they got, none otherwise. Gives the record with that decision taken down.
 */
export function nextDecision(
  state: RouterState,
  input: Input,
  context: Context,
): { state: RouterState; decision?: Decision } {
  if (state.order === null) return { state }
  const verdicts = verdictsOf(state, context.policy(state.policyVersion).stages)
  if (state.digest === state.decidedDigest && sameVerdicts(verdicts, state.verdicts)) return { state }
  const { orderId, revision, digest, order, cancelled, policyVersion } = state
  const sequence = state.decisionSequence + 1
  const decision: Decision = {
    decisionId: `${orderId}:${sequence}`,
    orderId,
    sequence,
    revision,
    digest,
    order,
    verdicts,
    cases: state.cases.map(decisionCase),
    terms: order.billing.terms,
    cancelled,
    policyVersion,
    by: actorOf(input),
    reason: reasonOf(state, verdicts, input),
    cause: causeOf(input),
    at: context.now,
  }
  return { state: { ...state, decisionSequence: sequence, verdicts, decidedDigest: digest }, decision }
}

function sameVerdicts(now: readonly StageVerdict[], before: readonly StageVerdict[]): boolean {
  return (
    now.length === before.length &&
    now.every((one, i) => {
      const last = before[i]
      return (
        last?.stage === one.stage &&
        last.verdict === one.verdict &&
        last.tooLate === one.tooLate &&
        isStoppedByCase(last) === isStoppedByCase(one)
      )
    })
  )
}

/** What a person had stopped and its source then cancels is stopped for another reason, which who reads it is told. */
const isStoppedByCase = ({ verdict, caseIds }: StageVerdict): boolean =>
  verdict === 'STOP' && caseIds.length > 0

function decisionCase({ caseId, type, name, status, outcome }: CaseState): DecisionCase {
  return { caseId, type, name, status, outcome }
}

function actorOf(input: Input): Actor {
  switch (input.kind) {
    case 'findings':
    case 'duty':
      return router
    case 'command':
      return input.command.actor
    case 'timer':
      return slaTimer
    case 'notice':
    case 'bounce':
      return notifier
    default:
      return input satisfies never
  }
}

function reasonOf(state: RouterState, verdicts: readonly StageVerdict[], input: Input): string {
  if (input.kind === 'command') return input.command.reason
  if (state.cancelled) return 'The order was cancelled.'
  const behind = new Set(verdicts.flatMap(({ caseIds }) => caseIds))
  if (behind.size === 0) return 'No case holds the order.'
  const names = state.cases.filter(({ caseId }) => behind.has(caseId)).map(({ name }) => name)
  return `Not all stages may go on: ${[...new Set(names)].join(', ')}.`
}
