import type { Policy } from '@holdpoint/policy'
import {
  askAnew,
  askedFromElsewhere,
  type Person as RosterPerson,
  raisedFromElsewhere,
} from '@holdpoint/policy/duty'
import type { OpenRequest, Request } from '@holdpoint/schemas'
import { actionsNow, offersTo } from '../offers.ts'
import { type CaseWithOrder, caseSummary } from '../read/cases.ts'
import { requestsOf } from '../read/orders.ts'
import type { Person } from '../read/people.ts'
import { policyInForce } from '../read/versions.ts'
import type { Around } from '../refusals.ts'
import { type Stops, stopsOf } from '../stops.ts'
import type { DeskParts } from './desk-parts.ts'

/** What is around a case for one person: who has to do with it, what they may do, what a no would stop. */
export interface Surroundings {
  around: Around
  mayDo: string[]
  actions: string[]
  stops: Stops
  /** How many have to approve. */
  approvalsNeeded: number
  /** Whether what one person sets, or grants otherwise than it was asked for, waits for another. */
  fourEyes: boolean
}

/** Reads what is around all of these cases at once; gives it for each. */
export async function surroundingsOf(
  { database, policies, duty, now }: Pick<DeskParts, 'database' | 'policies' | 'duty' | 'now'>,
  rows: readonly CaseWithOrder[],
  person: Person | undefined,
): Promise<(row: CaseWithOrder) => Surroundings> {
  const asked = rows.filter((row) => row.request_id !== '').map((row) => row.order_id)
  const versions = [...new Set(rows.map((row) => row.policy_version))]
  const [requests, byVersion, latest, { onDuty, people }] = await Promise.all([
    requestsOf(database, [...new Set(asked)]),
    Promise.all(versions.map(async (version) => [version, await policies(version)] as const)).then(
      (found) => new Map(found),
    ),
    policyInForce(database),
    duty(),
  ])
  return (row) => {
    const policy = byVersion.get(row.policy_version)
    const request = requestOf(row, requests)
    const around = aroundOf(row, { policy, request: request?.request, latestPolicy: latest, people })
    const seen = person
      ? { ...around, onDutyFor: onDuty(person.subject, rolesOf(row, around), now()) }
      : around
    return {
      around: seen,
      actions: actionsNow(row, around),
      mayDo: offersTo(person, row, seen),
      stops: stopsOf(row, { stages: policy?.stages ?? [], isRequestOpen: request !== undefined }),
      approvalsNeeded: policy?.types.get(row.type)?.approvals ?? 1,
      fourEyes: around.type?.fourEyes ?? false,
    }
  }
}

/** A case in a list, as one person sees it. */
export function listedCase(row: CaseWithOrder, { mayDo, stops }: Surroundings, now: number) {
  return { ...caseSummary(row, now), mayDo, stops }
}

function requestOf({ order_id, request_id }: CaseWithOrder, requests: ReadonlyMap<string, OpenRequest[]>) {
  if (request_id === '') return undefined
  return requests.get(order_id)?.find(({ request }) => request.requestId === request_id)
}

interface Known {
  policy: Policy | undefined
  /** What waits for an answer by this case. */
  request: Request | undefined
  latestPolicy: number
  people: readonly RosterPerson[] | undefined
}

function aroundOf(row: CaseWithOrder, { policy, request, latestPolicy, people }: Known): Around {
  const found = policy?.types.get(row.type)
  const type = found && {
    ladder: [found.owner, ...found.ladder.map(({ to }) => to)],
    reviewers: found.reviewers,
    requestedBy: found.requestedBy,
    fourEyes: found.fourEyes,
  }
  const elsewhere =
    found &&
    (request ? askedFromElsewhere(found, request, people) : raisedFromElsewhere(found, row.raised_by, people))
  return {
    requester: request?.by ?? '',
    type,
    orderOwner: policy?.orderOwner ?? '',
    latestPolicy,
    elsewhere: elsewhere && found && `${elsewhere} ${askAnew(found)}`,
    onDutyFor: [],
  }
}

function rolesOf({ owner, deciders }: CaseWithOrder, { type, orderOwner }: Around): string[] {
  const named = [owner, ...deciders, ...(type?.ladder ?? []), ...(type?.reviewers ?? []), orderOwner]
  return [...new Set(named)].filter((role) => role !== '')
}
