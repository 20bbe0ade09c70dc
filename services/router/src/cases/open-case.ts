import type { ExceptionType } from '@holdpoint/policy'
import { nobodyBarred, turnAt } from '@holdpoint/policy/authority'
import { askedFromElsewhere, whoIsCalled } from '@holdpoint/policy/duty'
import {
  type Actor,
  type CaseOpened,
  type Change,
  type Finding,
  type Findings,
  type Proposal,
  sha256,
} from '@holdpoint/schemas'
import { startClock } from '../deadlines/clock.ts'
import { passedOver } from '../deadlines/escalating.ts'
import type { NewEvent } from '../record/event.ts'
import { requestOf } from '../record/facts.ts'
import { caseIdOf } from '../record/ids.ts'
import { type Context, router } from '../record/input.ts'
import { typeIn } from '../record/type-in-force.ts'
import { ruleFor } from './unnamed.ts'

/** Paths of changes that a case keeps. */
const mostPaths = 50

/** A case that comes to be, whoever wants it. */
interface Opening
  extends Pick<
    CaseOpened,
    'basis' | 'requestId' | 'request' | 'evidence' | 'evidenceDigest' | 'changed' | 'earlierCase' | 'raisedBy'
  > {
  type: ExceptionType
  caseId: string
  policyVersion: number
  actor: Actor
  reason: string
  commandId: string
  proposal: Proposal | null
  /** Instead of the stages that its type holds. */
  holds?: readonly string[]
}

/** The clock starts now, not when somebody takes the case; while nobody of its owner is on duty, the next level has it. */
function openCase(opening: Opening, context: Context): NewEvent[] {
  const { type, caseId, policyVersion, actor, reason, commandId, proposal, holds = type.holds } = opening
  const { basis, requestId, request, evidence, evidenceDigest, changed, earlierCase, raisedBy } = opening
  const rules = { policy: context.policy(policyVersion), version: policyVersion, type }
  const clock = startClock(rules, 1, context.now)
  const proposedBy = proposal ? proposal.by.subject : null
  const hand = { ...nobodyBarred, type, request, raisedBy, proposedBy }
  const turn = turnAt(hand, 0, context.roster()?.roster, context.now)
  const opened: NewEvent = {
    type: 'OPENED',
    caseId,
    actor,
    reason,
    commandId,
    policyVersion,
    opened: {
      type: type.type,
      name: type.name,
      kind: type.kind,
      rule: type.rule,
      basis,
      requestId,
      evidence,
      evidenceDigest,
      changed,
      owner: type.owner,
      backup: type.backup || rules.policy.orderOwner,
      holds: [...holds],
      mayStop: [...(type.stops.length > 0 ? type.stops : rules.policy.stages)],
      actions: [...type.actions],
      mayCorrect: [...type.mayCorrect.fields],
      correctUntil: type.mayCorrect.until,
      earlierCase,
      clearance: type.clearance,
      raisedBy,
      request,
    },
    clock,
    assigned: turn.assignee,
    proposal,
  }
  return [opened, ...passedOver(turn, { caseId, policyVersion, type, clock })]
}

/** A case that no finding opens, but a person or the state of the order; a person ends it. */
export function openByReason(
  opening: Omit<
    Opening,
    'basis' | 'requestId' | 'request' | 'evidence' | 'evidenceDigest' | 'changed' | 'earlierCase'
  >,
  context: Context,
): NewEvent[] {
  const evidenceDigest = sha256(opening.reason)
  const none = { requestId: '', request: null, evidence: [], changed: [], earlierCase: '' }
  return openCase({ ...none, ...opening, basis: 'PERSON', evidenceDigest }, context)
}

/** A finding becomes a case of its type. `earlierCase`: the one whose approval no longer covers the values. */
export function openFor(
  finding: Finding,
  findings: Findings,
  earlierCase: string,
  context: Context,
): NewEvent[] {
  const { orderId, revision, policyVersion, changes } = findings
  const { requestId, basis, evidence, evidenceDigest } = finding
  const type = typeIn(context.policy(policyVersion), finding.type)
  const request = requestOf(findings, { requestId })
  const elsewhere = request && askedFromElsewhere(type, request, context.roster()?.roster.people.values())
  const named = { ...type, type: finding.type }
  const rule = ruleFor(named, request, context.policy(policyVersion))
  const opened = openCase(
    {
      type: { ...named, rule },
      caseId: caseIdOf(orderId, finding.type, requestId, revision),
      policyVersion,
      actor: router,
      reason: [finding.problem || rule, ...(elsewhere ? [elsewhere] : [])].join(' '),
      commandId: '',
      basis,
      requestId,
      request: request ?? null,
      evidence,
      evidenceDigest,
      changed: basis === 'MOMENTARY' ? changedBy(changes) : [],
      earlierCase,
      raisedBy: '',
      proposal: null,
    },
    context,
  )
  return [...opened, ...unknownRequester(opened, request?.by.trim() ?? '', context)]
}

/** Whom the roster does not know cannot be told from those who decide: the case says so. */
function unknownRequester(opened: readonly NewEvent[], requester: string, context: Context): NewEvent[] {
  const [first] = opened
  const staff = requester === '' ? undefined : context.roster()
  if (!first || !staff || whoIsCalled(staff.roster.people.values(), requester)) return []
  const { caseId, policyVersion } = first
  const reason = `"${requester}" asks for it, whom the roster does not know: make sure that nobody decides on what they asked for themselves.`
  return [{ type: 'NOTED', caseId, policyVersion, actor: router, commandId: '', reason }]
}

/** Of a revision that changed very many fields, only the parts of the order that they belong to. */
function changedBy(changes: readonly Change[]): string[] {
  const paths = changes.map(({ path }) => path)
  return paths.length > mostPaths ? [...new Set(paths.map((path) => path.split('.', 1)[0] ?? path))] : paths
}
