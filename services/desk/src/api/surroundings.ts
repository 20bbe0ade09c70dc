import {
  askable,
  endsCase,
  hasRequester,
  isOwn,
  offersTo,
  type Situation,
  type Stops,
  stopsOf,
  takers,
} from '@holdpoint/policy/authority'
import type { Assignee, OpenRequest } from '@holdpoint/schemas'
import { type Around, situationOf } from '../case/case-situation.ts'
import { type CaseWithOrder, caseSummary } from '../read/cases.ts'
import { requestsOf } from '../read/orders.ts'
import type { Person } from '../read/people.ts'
import { policyInForce } from '../read/versions.ts'
import type { DeskParts } from './desk-parts.ts'

/** A case as one person meets it. */
export interface Surroundings {
  situation: Situation
  /** Its policy can be read, so that what is known of people is all that there is to know. */
  isSure: boolean
  offered: Offered
  detail: () => OfferedInDetail
}

/** What one person is told of a case besides what it is. */
export interface Offered {
  /** What they may do about it now. */
  mayDo: string[]
  /** Whether one of those ends the case. */
  mayAct: boolean
  /** Whether they asked for it, or raised it, so that others decide. */
  isOwn: boolean
  /** Roles whose decision counts now, the owner first. */
  deciders: string[]
  /** Which stages a no would stop. */
  stops: Stops
}

export interface OfferedInDetail extends Offered {
  /** What may be done about it now, by whoever may. */
  actions: string[]
  /** Who may take it instead of whoever has it. */
  takers: Assignee[]
  /** Who can be asked: the customer, the requester, roles. */
  askable: string[]
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
  const latest = await policyInForce(database)
  const versions = [...new Set([latest, ...rows.map((row) => row.policy_version)])]
  const [requests, byVersion, roster] = await Promise.all([
    requestsOf(database, [...new Set(asked)]),
    Promise.all(versions.map(async (version) => [version, await policies(version)] as const)).then(
      (found) => new Map(found),
    ),
    duty(),
  ])
  const newest = { version: latest, policy: byVersion.get(latest) }
  return (row) => {
    const policy = byVersion.get(row.policy_version)
    return seenBy(person, row, { policy, newest, roster, request: requestOf(row, requests), now: now() })
  }
}

function seenBy(person: Person | undefined, row: CaseWithOrder, around: Around): Surroundings {
  const { policy, request } = around
  const situation = situationOf(row, around)
  const { actions, mayDo, deciders } = offersTo(person, situation)
  const stopping = {
    mayStop: row.may_stop,
    isRequestOpen: request !== undefined,
    isProposal: row.raised_by !== '' && row.proposal !== null,
  }
  const offered: Offered = {
    mayDo,
    mayAct: mayDo.some(endsCase),
    isOwn: person !== undefined && isOwn(situation, person),
    deciders: [...deciders],
    stops: stopsOf(stopping, policy?.stages ?? row.holds),
  }
  const detail = (): OfferedInDetail => ({
    ...offered,
    actions,
    takers: takers(situation, deciders).map(({ subject, name }) => ({ subject, name })),
    askable: [
      ...askable.filter((one) => one !== 'requester' || isAskedFor(row)),
      ...(policy?.roles.keys() ?? []),
    ],
    approvalsNeeded: situation.type.approvals,
    fourEyes: situation.type.fourEyes,
  })
  return { situation, isSure: policy !== undefined, offered, detail }
}

const isAskedFor = ({ request_id, raised_by }: CaseWithOrder): boolean =>
  hasRequester({ requestId: request_id, raisedBy: raised_by })

/** A case in a list, as one person sees it. */
export function listedCase(row: CaseWithOrder, { offered }: Surroundings, now: number) {
  return { ...caseSummary(row, now), ...offered }
}

function requestOf({ order_id, request_id }: CaseWithOrder, requests: ReadonlyMap<string, OpenRequest[]>) {
  if (request_id === '') return undefined
  return requests.get(order_id)?.find(({ request }) => request.requestId === request_id)?.request
}
