import type { Database } from '../database/port.ts'
import { type CaseWithOrder, caseDetail } from '../read/cases.ts'
import { openRequests } from '../read/orders.ts'
import type { Person } from '../read/people.ts'
import { mayAct } from '../sign-in/roles.ts'

/** A case as one person sees it. */
export async function caseFor(
  database: Database,
  row: CaseWithOrder,
  person: Person | undefined,
  now: number,
) {
  const requests = row.request_id ? await openRequests(database, row.order_id) : []
  const requester = requests.find(({ request }) => request.requestId === row.request_id)?.request.by
  return caseDetail(row, now, mayAct(person, row, requester))
}
