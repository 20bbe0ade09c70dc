import type { LaneRecord } from '@holdpoint/chassis'
import {
  type Actor,
  type CaseClock,
  type CaseEvent,
  type CaseOpened,
  type Decision,
  type Messages,
  type NoticeRequest,
  type Revision,
  sha256,
  type TopicName,
  type Verdict,
} from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'

/** 2026-03-02, 09:00 UTC. */
export const t0 = 1_772_442_000_000
export const fiona: Actor = { subject: 'fiona', name: 'Fiona Grant', roles: ['finance'] }
export const router: Actor = { subject: 'system:router', name: 'router', roles: [] }

export function revision(orderId: string, number = 1, more: Partial<Revision> = {}): Revision {
  return {
    orderId,
    revision: number,
    digest: `digest-${orderId}-${number}`,
    order: sampleOrder(),
    changes: number === 1 ? [] : [change('shipping.city', 'Whitby', `Town ${number}`)],
    stages: { shipping: 'WAITING' },
    requests: [],
    facts: {},
    cancelled: false,
    overridden: [],
    cause: {
      kind: number === 1 ? 'PLACED' : 'CHANGED',
      source: 'shop',
      eventId: `${orderId}-${number}`,
      occurredAt: t0,
    },
    at: t0 + number * 1_000,
    ...more,
  }
}

export interface RosterPerson {
  subject: string
  name: string
  email: string
  roles: string[]
}

/** A record of duty.roster.v1. YAML takes JSON. */
export function rosterRecord(people: readonly RosterPerson[], version = 1) {
  return versionRecord(version, rosterText(people))
}

/** A record of a topic of published versions. */
export function versionRecord(version: number, text: string) {
  const about = { title: '', changes: [], by: fiona, reason: '', at: t0 }
  return { key: String(version), value: { version, text, digest: sha256(text), ...about } }
}

/** A record of policy.versions.v1. */
export function policyRecord(text: string, version = 1) {
  const value = {
    version,
    title: 'Policy',
    text,
    digest: sha256(text),
    changes: [],
    by: fiona,
    reason: '',
    at: t0,
  }
  return { key: String(version), value }
}

export const rosterText = (people: readonly RosterPerson[]): string =>
  JSON.stringify({ people: people.map(({ email, ...person }) => (email ? { ...person, email } : person)) })

function change(path: string, from: string, to: string): Revision['changes'][number] {
  return { path, from, to, origin: 'UPSTREAM', by: 'shop', why: '' }
}

const nothing = {
  opened: null,
  evidenceChanged: null,
  escalated: null,
  closed: null,
  refused: null,
  notice: null,
  clock: null,
  assigned: null,
  question: null,
  proposal: null,
  approval: null,
  reopened: null,
  corrected: null,
}

/** A clock that runs, of the case's first level. */
export function clock(deadline: number | null, more: Partial<CaseClock> = {}): CaseClock {
  return {
    version: 1,
    policyVersion: 1,
    startedAt: t0,
    role: 'finance',
    deadline,
    counts: 'ELAPSED',
    remindAt: null,
    leftMs: null,
    remindLeftMs: null,
    pauses: [],
    ...more,
  }
}

export function caseEvent(orderId: string, sequence: number, more: Partial<CaseEvent>): CaseEvent {
  return {
    eventId: `${orderId}-${sequence}`,
    orderId,
    sequence,
    caseId: `C-${orderId}`,
    type: 'UNKNOWN',
    actor: router,
    reason: '',
    commandId: '',
    revision: 1,
    digest: `digest-${orderId}-1`,
    policyVersion: 1,
    rosterVersion: 0,
    at: t0 + sequence * 60_000,
    ...nothing,
    ...more,
  }
}

export function opened(
  orderId: string,
  sequence: number,
  { deadline = t0 + 7_200_000, ...more }: Partial<CaseOpened> & { deadline?: number | null } = {},
  caseId = `C-${orderId}`,
) {
  return caseEvent(orderId, sequence, {
    caseId,
    type: 'OPENED',
    clock: clock(deadline),
    assigned: { subject: 'fiona', name: 'Fiona Grant' },
    opened: {
      type: 'billing-terms',
      name: 'Billing terms outside the contract',
      kind: 'EXCEPTION',
      rule: 'Sales asks for payment terms that the order does not have.',
      basis: 'REQUEST',
      requestId: '',
      evidence: [{ expression: 'request.kind', value: 'billing-terms' }],
      evidenceDigest: 'evidence-1',
      changed: [],
      owner: 'finance',
      backup: 'controller',
      holds: ['invoicing'],
      mayStop: ['invoicing', 'shipping'],
      actions: ['APPROVE', 'REJECT', 'STOP'],
      mayCorrect: [],
      correctUntil: '',
      earlierCase: '',
      clearance: false,
      raisedBy: '',
      request: null,
      ...more,
    },
  })
}

export function escalated(
  orderId: string,
  sequence: number,
  deadline: number | null = t0 + 10_800_000,
): CaseEvent {
  return caseEvent(orderId, sequence, {
    type: 'ESCALATED',
    escalated: { level: 1, to: 'controller' },
    clock: clock(deadline, { version: 2, role: 'controller' }),
    assigned: { subject: 'carl', name: 'Carl Controller' },
  })
}

/** The case waits for an answer of the customer. */
export function asked(orderId: string, sequence: number, more: Partial<CaseEvent> = {}): CaseEvent {
  const at = t0 + sequence * 60_000
  return caseEvent(orderId, sequence, {
    type: 'ASKED',
    actor: fiona,
    reason: 'Which colour?',
    question: { questionId: 'N-1', to: 'customer', text: 'Which colour?', answerBy: at + 86_400_000 },
    clock: clock(null, { version: 2, leftMs: 3_600_000, pauses: [{ from: at, to: null }] }),
    ...more,
  })
}

/** Somebody opens the closed case again. */
export function reopened(orderId: string, sequence: number, more: Partial<CaseEvent> = {}): CaseEvent {
  const at = t0 + sequence * 60_000
  return caseEvent(orderId, sequence, {
    type: 'REOPENED',
    actor: fiona,
    reason: 'It was the wrong order.',
    reopened: { holds: ['shipping'] },
    clock: clock(at + 7_200_000, { version: 3, startedAt: at }),
    assigned: { subject: '', name: '' },
    ...more,
  })
}

export function closed(orderId: string, sequence: number, more: Partial<CaseEvent> = {}): CaseEvent {
  return caseEvent(orderId, sequence, {
    type: 'CLOSED',
    actor: fiona,
    reason: 'Agreed by phone',
    closed: {
      outcome: 'APPROVED',
      corrections: [],
      asked: [],
      stops: [],
      correctionId: '',
      endedBy: '',
      forCustomer: '',
    },
    ...more,
  })
}

export function refused(orderId: string, sequence: number, more: Partial<CaseEvent> = {}): CaseEvent {
  return caseEvent(orderId, sequence, {
    type: 'REFUSED',
    actor: fiona,
    refused: {
      code: 'NOT_OWNER',
      message: 'finance decides this case; you have the role support.',
      action: 'APPROVE',
    },
    ...more,
  })
}

export function decision(orderId: string, sequence: number, verdict: Verdict = 'PROCEED'): Decision {
  return {
    decisionId: `${orderId}-${sequence}`,
    orderId,
    sequence,
    revision: 1,
    digest: `digest-${orderId}-1`,
    order: sampleOrder(),
    verdicts: [
      { stage: 'invoicing', verdict, caseIds: [], recall: false, tooLate: false },
      { stage: 'shipping', verdict: 'PROCEED', caseIds: [], recall: false, tooLate: false },
    ],
    cases: [],
    terms: 'NET30',
    cancelled: false,
    policyVersion: 1,
    by: router,
    reason: '',
    cause: '',
    at: t0 + sequence * 2_000,
  }
}

/** Values as the records of one partition, the offsets counting up from `from`. */
export function recordsOf<T extends TopicName>(
  topic: T,
  entries: readonly { key: string; value: Messages[T] | null }[],
  { partition = 0, from = 0 } = {},
): LaneRecord<T>[] {
  return entries.map(
    ({ key, value }, index) =>
      ({
        topic,
        partition,
        offset: from + index,
        timestamp: t0,
        key,
        value,
        keyBytes: null,
        valueBytes: null,
      }) as unknown as LaneRecord<T>,
  )
}

export function byOrder<T extends { orderId: string }>(values: readonly T[]): { key: string; value: T }[] {
  return values.map((value) => ({ key: value.orderId, value }))
}

/** A message to somebody of the staff, as it was asked for. */
export function staffNotice(
  orderId: string,
  noticeId: string,
  more: Partial<NoticeRequest> = {},
): NoticeRequest {
  return {
    ...{
      noticeId,
      orderId,
      caseIds: [`C-${orderId}`],
      channel: 'EMAIL',
      recipient: 'STAFF',
      person: 'fiona',
    },
    ...{ to: 'fiona@example.com', toName: 'Fiona Grant', fromName: '', replyTo: '', language: 'en' },
    ...{
      message: 'staff-yours',
      occasion: 'yours',
      subject: `${orderId}: Billing terms is yours`,
      body: '',
      data: {},
    },
    paragraphs: [
      { kind: 'TEXT', text: 'It is yours to decide.', caseId: '', action: '', questionId: '', until: null },
      { kind: 'FACT', text: 'Order\tSO-1', caseId: '', action: '', questionId: '', until: null },
      { kind: 'CASE_LINK', text: 'Open the case', caseId: '', action: '', questionId: '', until: null },
    ],
    ...{ policyVersion: 1, attempt: 1, digest: false, at: t0 },
    ...more,
  }
}
