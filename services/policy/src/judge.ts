import {
  type Evidence,
  type Finding,
  type Request,
  type Revision,
  sha256,
  shortened,
} from '@holdpoint/schemas'
import { answeredRequest, cannotClassify, isBuiltIn, unnamedRequest } from './built-in-types.ts'
import { type Condition, readCondition } from './condition/condition.ts'
import { type Subject, subjectOf } from './condition/subject.ts'
import { vocabularyOf } from './condition/vocabulary.ts'
import type { ExceptionType, Policy } from './policy.ts'

/** Characters of a value that evidence shows; all findings of a revision have to fit into one message. */
const mostShown = 500
/** Rules without an answer that one finding tells of. */
const mostTold = 20

interface Rule {
  type: ExceptionType
  condition: Condition
}

/** A rule that had no answer. */
interface Failure {
  rule: Rule
  problem: string
}

/** The rules of a policy that was judged by before; compiling them again would cost more than judging. */
const compiled = new WeakMap<Policy, readonly Rule[]>()

/**
 * Every rule of the policy that matches this revision, with the values that it read. A rule about requests is judged
 * for each request that waits. Rules without an answer make one `cannot-classify` finding together. Never raises for
 * a revision of the schema; a policy that `parsePolicy` did not give may be refused.
 */
export function judge(policy: Policy, revision: Revision): Finding[] {
  const findings: Finding[] = []
  const failures: Failure[] = []
  const whole = subjectOf(revision)
  for (const rule of rulesOf(policy)) {
    if (rule.condition.basis !== 'REQUEST') judgeRule(rule, whole, findings, failures)
    else
      for (const { request } of revision.requests) judgeRule(rule, { ...whole, request }, findings, failures)
  }
  for (const { request } of revision.requests)
    if (!findings.some(({ requestId }) => requestId === request.requestId))
      findings.push(unnamed(request, typeOfUnnamed(policy, request, failures.some(asks))))
  if (failures.length > 0) findings.push(unanswered(failures))
  return findings
}

const asks = ({ rule }: Failure): boolean => rule.condition.basis === 'REQUEST'

/** Whether the policy says the answer itself. A rule without an answer never counts as one that names nothing. */
function typeOfUnnamed({ requests }: Policy, { kind }: Request, isOpen: boolean): string {
  return !isOpen && requests.has(kind) ? answeredRequest : unnamedRequest
}

/** Nothing that is asked for disappears because no rule names it. */
function unnamed({ requestId, kind, text }: Request, type: string): Finding {
  const evidence = [
    { expression: 'request.kind', value: kind },
    { expression: 'request.text', value: text },
  ]
  return {
    type,
    basis: 'REQUEST',
    requestId,
    evidence: evidence.map(shown),
    evidenceDigest: evidenceDigest(evidence),
    problem: '',
  }
}

/** What `judge` would find, without saying why: type and request of each finding. */
export function matchesOf(policy: Policy, whole: Subject): Match[] {
  const matches: Match[] = []
  let isUnanswered = false
  let isOpen = false
  for (const { type, condition } of rulesOf(policy))
    for (const { request } of condition.basis === 'REQUEST' ? whole.revision.requests : [nobody])
      try {
        const subject = request ? { ...whole, request } : whole
        if (condition.holds(subject)) matches.push({ type: type.type, requestId: request?.requestId ?? '' })
      } catch {
        isUnanswered = true
        isOpen ||= condition.basis === 'REQUEST'
      }
  for (const { request } of whole.revision.requests)
    if (!matches.some(({ requestId }) => requestId === request.requestId))
      matches.push({ type: typeOfUnnamed(policy, request, isOpen), requestId: request.requestId })
  if (isUnanswered) matches.push({ type: cannotClassify, requestId: '' })
  return matches
}

export type Match = Pick<Finding, 'type' | 'requestId'>

const nobody: { request?: Request } = {}

function judgeRule(rule: Rule, subject: Subject, findings: Finding[], failures: Failure[]): void {
  try {
    if (rule.condition.holds(subject)) findings.push(findingOf(rule, subject))
  } catch (error) {
    failures.push({ rule, problem: (error as Error).message })
  }
}

function findingOf({ type: { type }, condition }: Rule, subject: Subject): Finding {
  const evidence = condition.evidence(subject)
  return {
    type,
    basis: condition.basis,
    requestId: subject.request?.requestId ?? '',
    evidence: evidence.map(shown),
    evidenceDigest: evidenceDigest(evidence),
    problem: '',
  }
}

/** A momentary rule has one chance only, so what it left open must not end by itself either. */
function unanswered(failures: readonly Failure[]): Finding {
  const evidence = failures.map(({ rule: { type }, problem }) => ({ expression: type.when, value: problem }))
  const told = failures.slice(0, mostTold)
  const momentary = failures.some(({ rule }) => rule.condition.basis === 'MOMENTARY')
  const sentences = told.map(
    ({ rule: { type }, problem }) => `The rule of "${type.name}" (${type.type}) has no answer: ${problem}.`,
  )
  const left = failures.length - told.length
  return {
    type: cannotClassify,
    basis: momentary ? 'MOMENTARY' : 'STANDING',
    requestId: '',
    evidence: evidence.slice(0, mostTold).map(shown),
    evidenceDigest: evidenceDigest(evidence),
    problem: [...sentences, ...(left > 0 ? [`${left} more have none either.`] : [])].join(' '),
  }
}

/** Whether a finding's digest is that of its evidence. Where something was cut for people, nobody can tell. */
export function evidenceFits({ evidence, evidenceDigest: digest }: Finding): boolean {
  const isCut = evidence.length >= mostTold || evidence.some(({ value }) => value.length > mostShown)
  return isCut || evidenceDigest(evidence) === digest
}

/** Long texts are cut for people; the digest is of all of it. */
function shown({ expression, value }: Evidence): Evidence {
  return { expression, value: shortened(value, mostShown) }
}

/** SHA-256 (hex) of values that a rule read: the same values give the same digest. */
export function evidenceDigest(evidence: Finding['evidence']): string {
  return sha256(JSON.stringify(evidence.map(({ expression, value }) => [expression, value])))
}

function rulesOf(policy: Policy): readonly Rule[] {
  const known = compiled.get(policy)
  if (known) return known
  const rules = [...policy.types.values()]
    .filter(({ type }) => !isBuiltIn(type))
    .map((type) => ({ type, condition: conditionOf(type, policy) }))
  compiled.set(policy, rules)
  return rules
}

function conditionOf({ type, when }: ExceptionType, policy: Policy): Condition {
  const read = readCondition(when, vocabularyOf(policy))
  if ('condition' in read) return read.condition
  throw new Error(`The condition of ${type} has errors, so the policy was not read by parsePolicy: ${when}`)
}
