import type { CaseState, Findings, RouterState } from '@holdpoint/schemas'

export function initialState(orderId: string): RouterState {
  return {
    orderId,
    revision: 0,
    digest: '',
    policyVersion: 0,
    order: null,
    stages: {},
    requests: [],
    cancelled: false,
    eventSequence: 0,
    decisionSequence: 0,
    verdicts: [],
    decidedDigest: '',
    cases: [],
    commands: [],
    notices: [],
    round: null,
    silence: null,
    silenceVersion: 0,
    promised: null,
    staffNotices: [],
    staffFailures: [],
  }
}

/** Takes over what a newer revision says of the order. Cases move by events only. */
export function observe(state: RouterState, findings: Findings): RouterState {
  const { revision, digest, policyVersion, order, stages, requests, cancelled } = findings
  return { ...state, revision, digest, policyVersion, order, stages, requests, cancelled }
}

export function isOpen({ status }: CaseState): boolean {
  return status === 'OPEN' || status === 'WAITING'
}

/** A case that still has a say: it waits, stops its stages, or has a correction under way. */
export function isInForce(one: CaseState): boolean {
  return isOpen(one) || one.stops.length > 0 || one.correctionId !== ''
}

/**
 * A case holds its stages while it is open and, once closed, until a revision carries the fields it put right:
 * what goes on must be the corrected order.
 */
export function isHolding(one: CaseState): boolean {
  return isOpen(one) || one.corrections.length > 0
}

/** An open case that keeps stages of its order from going on. */
export function keepsWaiting(one: CaseState): boolean {
  return isOpen(one) && one.holds.length > 0
}

export function hasStarted({ stages }: RouterState, stage: string): boolean {
  return stages[stage] === 'STARTED' || stages[stage] === 'DONE'
}

/** The case of a type, for a request when there is one, that has the say: an open one, else the last. */
export function latestCase(state: RouterState, type: string, requestId: string): CaseState | undefined {
  const all = state.cases.filter((one) => one.type === type && one.requestId === requestId)
  return all.find(isOpen) ?? all.at(-1)
}

export function caseOf(state: RouterState, caseId: string): CaseState | undefined {
  return state.cases.find((one) => one.caseId === caseId)
}
