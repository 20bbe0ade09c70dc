import type { Policy } from '@holdpoint/policy'
import type { CaseFacts, Situation, TypeFacts } from '@holdpoint/policy/authority'
import type { CompiledRoster } from '@holdpoint/policy/duty'
import type { Action, Request } from '@holdpoint/schemas'
import type { CaseRow } from './case-row.ts'

/** What says who may do what about a case, besides its row. Versions that this desk cannot read are undefined. */
export interface Around {
  /** The policy whose times and people count for the case. */
  policy: Policy | undefined
  /** The newest policy that can be read; `version` is 0 for none. */
  newest: { version: number; policy: Policy | undefined }
  roster: CompiledRoster | undefined
  /** What the case is about and waits for its answer. */
  request: Request | undefined
  /** Milliseconds UTC. */
  now: number
}

/** A case among people, as the policy package's authority asks for it. */
export function situationOf(row: CaseRow, { policy, newest, roster, request, now }: Around): Situation {
  return {
    one: factsOf(row, request),
    type: policy?.types.get(row.type) ?? typeIn(row),
    orderOwner: policy?.orderOwner ?? '',
    roster,
    now,
    newest: { version: newest.version, hasType: newest.policy?.types.has(row.type) ?? false },
  }
}

function factsOf(row: CaseRow, request: Request | undefined): CaseFacts {
  const { correction } = row
  return {
    name: row.name,
    isOpen: row.status !== 'CLOSED',
    ended: { outcome: row.outcome, by: row.closed_by, reason: row.closed_reason },
    level: row.level,
    actions: row.actions as Action[],
    assignee: row.assignee?.subject ?? '',
    request: request ?? null,
    raisedBy: row.raised_by,
    question: row.question,
    proposedBy: row.proposal ? row.proposal.by.subject : null,
    approvals: row.approvals.map(({ subject }) => subject),
    approvedFor: row.approved_for,
    correctedBy: correction?.state === 'UNDER_WAY' ? correction.by : null,
    clock: { policyVersion: row.policy_version, deadline: row.deadline },
  }
}

/** What the row itself says of its type, for a policy that cannot be read. */
function typeIn({ name, owner, deciders }: CaseRow): TypeFacts {
  const ladder = deciders.map((to) => ({ to, after: null }))
  return { name, owner, ladder, reviewers: [], requestedBy: [], approvals: 1, fourEyes: false }
}
