import { answeredRequest, type Policy, unnamedRequest } from '@holdpoint/policy'
import type { Finding, Findings, RouterState } from '@holdpoint/schemas'
import { openFor } from '../cases/open-case.ts'
import { checkGrant } from '../fields/grant.ts'
import { effectiveCorrections, proposalsOf } from '../fields/proposed-fields.ts'
import type { NewEvent } from '../record/event.ts'
import { type Context, policyItself } from '../record/input.ts'
import { observe } from '../record/state.ts'

/**
 * A request that the policy answers is a case of the order owner after all when it cannot be granted as it stands, or
 * when it has become one before. `before`: the record as the revision before left it.
 */
export function whoAnswers(
  finding: Finding,
  before: RouterState,
  findings: Findings,
  policy: Policy,
): Finding {
  const { type, requestId } = finding
  if (type !== answeredRequest) return finding
  const about = before.cases.filter((one) => one.requestId === requestId)
  if (about.some((one) => one.type === unnamedRequest)) return { ...finding, type: unnamedRequest }
  if (about.some(({ correctionId }) => correctionId !== '')) return finding
  if (answerTo(finding, findings, policy) !== 'ACCEPT') return finding
  const state = observe(before, findings)
  const refusal = checkGrant(state, { requestId, proposal: null }, said(findings, finding, 'ACCEPT'))
  return refusal ? { ...finding, type: unnamedRequest, problem: refusal.message } : finding
}

/** The case opens and closes in one breath, so that the trail says what became of the request, and by which version. */
export function answerByPolicy(
  finding: Finding,
  before: RouterState,
  findings: Findings,
  context: Context,
): NewEvent[] {
  const [opened] = openFor(finding, findings, '', context)
  const answer = answerTo(finding, findings, context.policy(findings.policyVersion))
  if (!opened || !answer) return []
  const { caseId, policyVersion } = opened
  const state = observe(before, findings)
  const granted =
    answer === 'ACCEPT' ? proposalsOf(state, { requestId: finding.requestId, proposal: null }) : []
  return [
    opened,
    {
      type: 'CLOSED',
      caseId,
      policyVersion,
      commandId: '',
      ...said(findings, finding, answer),
      closed: {
        outcome: answer === 'ACCEPT' ? 'APPROVED' : 'REJECTED',
        corrections: effectiveCorrections(findings.order, granted),
        asked: [],
        stops: [],
        correctionId: `${caseId}:1`,
        endedBy: '',
        forCustomer: '',
      },
    },
  ]
}

type Answer = 'ACCEPT' | 'REFUSE'

function answerTo({ requestId }: Finding, { requests }: Findings, policy: Policy): Answer | undefined {
  const asked = requests.find(({ request }) => request.requestId === requestId)
  return asked && policy.requests.get(asked.request.kind)
}

function said({ requests }: Findings, { requestId }: Finding, answer: Answer) {
  const kind = requests.find(({ request }) => request.requestId === requestId)?.request.kind ?? ''
  const verb = answer === 'ACCEPT' ? 'accepts' : 'refuses'
  return {
    actor: policyItself,
    reason: `The policy ${verb} a request of the kind "${kind}" that no rule names.`,
  }
}
