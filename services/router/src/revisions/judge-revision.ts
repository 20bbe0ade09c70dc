import { answeredRequest, type Policy, tooLate } from '@holdpoint/policy'
import type { CaseState, Finding, Findings, RouterState } from '@holdpoint/schemas'
import { withinLimit } from '../cases/case-limit.ts'
import { closedBySystem } from '../cases/closed-by-system.ts'
import { openFor } from '../cases/open-case.ts'
import type { NewEvent } from '../record/event.ts'
import { type Context, router } from '../record/input.ts'
import { isOpen, latestCase } from '../record/state.ts'
import { answerByPolicy, whoAnswers } from './answered-by-policy.ts'
import { type Arrival, arrivalOf } from './arrival.ts'
import { correctionCameBack } from './correcting.ts'
import { isCovered, isFullyJudged, isRejectionOver } from './coverage.ts'
import { overriddenFindings } from './overridden.ts'

/** How many changed fields a sentence names. */
const mostTold = 5

/** A revision as the cases of its order see it. */
interface Judgement {
  before: RouterState
  findings: Findings
  policy: Policy
  /** Findings by type and request; one of each. */
  found: ReadonlyMap<string, Finding>
  arrivals: ReadonlyMap<CaseState, Arrival>
}

/**
 * What a judged revision does to the cases of its order: each case is compared with the findings, then each finding
 * that no case covers opens one. `before`: the record as the revision before left it.
 */
export function judgeRevision(before: RouterState, findings: Findings, context: Context): NewEvent[] {
  if (before.cases.length === 0 && findings.findings.length === 0 && findings.overridden.length === 0)
    return []
  const judgement = compare(before, findings, context)
  const followed = before.cases.flatMap((one) => [...follow(one, judgement), ...adopt(one, judgement)])
  const wanted = [...judgement.found.values()].filter((finding) => needsCase(finding, judgement))
  const ending = followed.filter(({ type }) => type === 'CLOSED').length
  const { fit, crowd } = withinLimit(before, ending, wanted)
  const opening = crowd && needsCase(crowd, judgement) && !isStopped(crowd, before) ? [...fit, crowd] : fit
  const opened = opening.flatMap((finding) => open(finding, judgement, context))
  return [...followed, ...opened]
}

function compare(before: RouterState, findings: Findings, context: Context): Judgement {
  const arrivals = new Map(before.cases.map((one) => [one, arrivalOf(one, findings)]))
  const all = [...findings.findings, ...overriddenFindings(before, findings)]
  const policy = context.policy(findings.policyVersion)
  const answered = all.map((finding) => whoAnswers(finding, before, findings, policy))
  const found = new Map(answered.map((finding) => [keyOf(finding), finding]))
  return { before, findings, policy, found, arrivals }
}

/** An order that comes in cancelled, as a credit note does, is judged as it is. */
function isCancelledNow({ before, findings }: Judgement): boolean {
  return findings.cancelled && !before.cancelled && before.revision > 0
}

/** What a rule says of cancelled orders is about the cancellation itself. */
function looksAtTheEnd({ evidence }: Finding): boolean {
  return evidence.some(({ expression, value }) => expression === 'cancelled' && value === 'true')
}

function keyOf({ type, requestId }: Finding | CaseState): string {
  return `${type}\n${requestId}`
}

function follow(one: CaseState, judgement: Judgement): NewEvent[] {
  const found = judgement.found.get(keyOf(one))
  if (isOpen(one)) {
    if (isCancelledNow(judgement) && !(found && looksAtTheEnd(found)) && one.type !== tooLate)
      return [closedBySystem(one, 'OBSOLETE', 'The order was cancelled.')]
    return followOpen(one, found, judgement)
  }
  const events: NewEvent[] = []
  const arrival = judgement.arrivals.get(one)
  if (arrival === 'ARRIVED' || arrival === 'OVERTAKEN') events.push(settled(one, arrival, judgement.findings))
  if (one.outcome === 'REJECTED' && one.stops.length > 0 && isRejectionOver(one, found, judgement.findings))
    events.push(stopLifted(one, judgement))
  return events
}

/** What was approved with other values covers those, now that the revision carries them. */
function adopt(one: CaseState, { found, arrivals, findings: { revision } }: Judgement): NewEvent[] {
  const finding = found.get(keyOf(one))
  if (!finding || !isGranted(one, arrivals.get(one))) return []
  const { evidence, evidenceDigest } = finding
  const reason = `Revision ${revision} carries what was approved: the rule matches with these values.`
  return [{ ...by(one, reason), type: 'EVIDENCE_CHANGED', evidenceChanged: { evidence, evidenceDigest } }]
}

function isGranted(one: CaseState, arrival: Arrival | undefined): boolean {
  return (
    arrival === 'ARRIVED' &&
    one.basis === 'STANDING' &&
    one.outcome === 'APPROVED' &&
    one.corrections.length > 0
  )
}

/** While what was put right is on its way, only the revision that carries it says whether the case is over. */
function followOpen(one: CaseState, found: Finding | undefined, judgement: Judgement): NewEvent[] {
  const { arrivals, findings } = judgement
  const arrival = arrivals.get(one) ?? 'NONE'
  const back = correctionCameBack(one, arrival, found, findings)
  if (back && back.type !== 'SETTLED') return [back]
  const ended = found || arrival === 'UNDER_WAY' ? [] : endOpen(one, judgement)
  const next = ended.length > 0 ? ended : tellOfChange(one, found, judgement)
  return back ? [back, ...next] : next
}

/** Whoever has the case is told when the order changes under it. */
function tellOfChange(
  one: CaseState,
  found: Finding | undefined,
  { before, findings }: Judgement,
): NewEvent[] {
  const { revision, digest, changes } = findings
  if (found && found.evidenceDigest !== one.evidenceDigest) {
    const { evidence, evidenceDigest } = found
    const reason = 'The order changed, and the rule still matches with other values.'
    return [{ ...by(one, reason), type: 'EVIDENCE_CHANGED', evidenceChanged: { evidence, evidenceDigest } }]
  }
  if (digest === before.digest) return []
  const paths = changes.slice(0, mostTold).map(({ path }) => path)
  const more = changes.length > mostTold ? ` and ${changes.length - mostTold} more fields` : ''
  return [{ ...by(one, `Revision ${revision} changed ${paths.join(', ')}${more}.`), type: 'ORDER_CHANGED' }]
}

/** A standing case ends with its rule, a request's with its request, any other by a person only. */
function endOpen(one: CaseState, { findings }: Judgement): NewEvent[] {
  switch (one.basis) {
    case 'STANDING':
      return isFullyJudged(findings) ? [ruleEnded(one, findings)] : []
    case 'REQUEST':
      return findings.requests.some(({ request }) => request.requestId === one.requestId)
        ? []
        : [closedBySystem(one, 'OBSOLETE', 'The request was settled.')]
    case 'MOMENTARY':
    case 'PERSON':
    case 'UNKNOWN':
      return []
    default:
      return one.basis satisfies never
  }
}

function ruleEnded(one: CaseState, { revision, changes }: Findings): NewEvent {
  const correction = changes.find(({ origin }) => origin === 'CORRECTION')
  const ended = `The rule no longer matches since revision ${revision}`
  return correction
    ? closedBySystem(
        one,
        'CORRECTED',
        `${ended}, which carries a correction by ${correction.by}: ${correction.why}`,
      )
    : closedBySystem(one, 'OBSOLETE', `${ended}.`)
}

function settled(one: CaseState, arrival: 'ARRIVED' | 'OVERTAKEN', { revision }: Findings): NewEvent {
  const reason =
    arrival === 'ARRIVED'
      ? `Revision ${revision} carries what was decided.`
      : `Upstream changed the same fields first, so nothing was applied: revision ${revision} is judged as it is.`
  return { ...by(one, reason), type: 'SETTLED' }
}

function stopLifted(one: CaseState, { before, findings }: Judgement): NewEvent {
  const { revision, digest, cancelled } = findings
  const reason =
    cancelled && !before.cancelled
      ? `The order was cancelled in revision ${revision}: that stops it now, and no longer what was rejected.`
      : digest === before.digest
        ? `The rule no longer matches with these values since revision ${revision}: its stages are judged afresh.`
        : `The values that were rejected changed in revision ${revision}: its stages are judged afresh.`
  return { ...by(one, reason), type: 'STOP_LIFTED' }
}

function by({ caseId, policyVersion }: CaseState, reason: string) {
  return { caseId, policyVersion, actor: router, reason, commandId: '' }
}

/** Whether no case, open or closed, settles the finding. */
function needsCase(finding: Finding, { before, findings, policy, arrivals }: Judgement): boolean {
  if (isNew(finding, before)) return true
  const isOfTheEnd = looksAtTheEnd(finding)
  if (isStoppedWhole(before, policy) && !isOfTheEnd) return false
  if (findings.cancelled && before.revision > 0 && !isOfTheEnd) return false
  const latest = latestCase(before, finding.type, finding.requestId)
  if (!latest) return true
  const arrival = arrivals.get(latest) ?? 'NONE'
  if (isGranted(latest, arrival)) return false
  return !isOpen(latest) && !isCovered({ latest, arrival, finding, findings, before })
}

/** What somebody asks for, of a stopped or cancelled order too, such as their money back, waits for an answer. */
function isNew({ basis, requestId }: Finding, { requests, cases }: RouterState): boolean {
  const isKnown = requests.some(({ request }) => request.requestId === requestId)
  return basis === 'REQUEST' && !isKnown && !cases.some((one) => one.requestId === requestId && isOpen(one))
}

/** Nothing is left to decide of an order that people have stopped at every stage, but for what its cancellation asks for. */
function isStoppedWhole({ cases }: RouterState, { stages }: Policy): boolean {
  const stopped = new Set(cases.flatMap(({ outcome, stops }) => (outcome === 'STOPPED' ? stops : [])))
  return stages.every((stage) => stopped.has(stage))
}

/** Whether the last case of that type has stopped stages that are stopped still. */
function isStopped({ type, requestId }: Finding, before: RouterState): boolean {
  return (latestCase(before, type, requestId)?.stops.length ?? 0) > 0
}

function open(finding: Finding, { before, findings }: Judgement, context: Context): NewEvent[] {
  if (finding.type === answeredRequest) return answerByPolicy(finding, before, findings, context)
  const latest = latestCase(before, finding.type, finding.requestId)
  const earlierCase = latest?.outcome === 'APPROVED' ? latest.caseId : ''
  return openFor(finding, findings, earlierCase, context)
}
