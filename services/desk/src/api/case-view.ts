import type { CaseEvent } from '@holdpoint/schemas'
import { actionsNow, isDecision, offersTo } from '../offers.ts'
import { type CaseWithOrder, caseDetail } from '../read/cases.ts'
import { iso, isoOrNull } from '../read/instant.ts'
import { openRequests } from '../read/orders.ts'
import type { Person } from '../read/people.ts'
import { policyInForce } from '../read/versions.ts'
import { type Receipt, receiptFor, runsOf } from '../receipt.ts'
import type { DeskParts } from './desk-parts.ts'

type Parts = Pick<DeskParts, 'database' | 'policies' | 'now'>

/** A case as one person sees it. */
export async function caseFor(
  { database, policies, now }: Parts,
  row: CaseWithOrder,
  person: Person | undefined,
) {
  const [requests, policy, latest] = await Promise.all([
    row.request_id ? openRequests(database, row.order_id) : [],
    policies(row.policy_version),
    policyInForce(database),
  ])
  const type = policy?.types.get(row.type)
  const mayDo = offersTo(person, row, {
    requester: requests.find(({ request }) => request.requestId === row.request_id)?.request.by ?? '',
    reviewers: type?.reviewers ?? [],
    orderOwner: policy?.orderOwner ?? '',
    latestPolicy: latest,
  })
  return caseDetail(row, now(), {
    actions: actionsNow(row, latest),
    mayDo,
    mayAct: mayDo.some(isDecision),
    approvalsNeeded: type?.approvals ?? 1,
  })
}

/** The deadline receipts of a case; a run whose policy this desk cannot read is left out. */
export async function receiptsFor({ policies, now }: Parts, type: string, events: readonly CaseEvent[]) {
  const receipts = await Promise.all(
    runsOf(events).map(async (run) => {
      const policy = await policies(run.clock.policyVersion)
      return policy ? [receiptView(receiptFor(type, run, policy, now()))] : []
    }),
  )
  return receipts.flat()
}

function receiptView({ clock, closedAt, due, lines, ...rest }: Receipt) {
  return {
    startedAt: iso(clock.startedAt),
    closedAt: isoOrNull(closedAt),
    policyVersion: clock.policyVersion,
    due: isoOrNull(due),
    ...rest,
    lines: lines.map(({ from, to, kind }) => ({ from: iso(from), to: iso(to), kind })),
  }
}
