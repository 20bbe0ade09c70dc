import type { CaseDetail, CaseEvent, CaseSummary, Receipt } from '@holdpoint/desk-contract'
import type { Desk } from '../desk/desk.ts'
import { deskPath } from '../desk/path.ts'
import type { Session } from '../session.ts'

export interface CaseFilter {
  status: string
  role?: string
  type?: string
  order?: string
  search?: string
  limit: number
}

export interface FoundCases {
  cases: CaseSummary[]
  /** How many there are in all. */
  total: number
}

export interface ShownCase {
  case: CaseDetail
  events: CaseEvent[]
  /** One for each time that it was opened. */
  receipts: Receipt[]
}

/** Most that the desk gives in one answer. */
const pageSize = 500

export async function findCases(desk: Desk, filter: CaseFilter): Promise<FoundCases> {
  const cases: CaseSummary[] = []
  let cursor: string | undefined
  for (;;) {
    const { status, role, type, order: orderId, search: q } = filter
    const limit = Math.min(pageSize, filter.limit - cases.length)
    const page = await desk.get<{ cases: CaseSummary[]; next: string | null; total: number }>('/cases', {
      ...{ status, role, type, orderId, q, limit, cursor },
    })
    cases.push(...page.cases)
    if (page.next === null || cases.length >= filter.limit) return { cases, total: page.total }
    cursor = page.next
  }
}

/** With a token, what that person may do about it. */
export function readCase(desk: Desk, caseId: string, token?: string): Promise<ShownCase> {
  return desk.get<ShownCase>(deskPath('cases', caseId), {}, token)
}

/** Reads a case as somebody, or as nobody in particular, and remembers the state of the order that is shown with it. */
export async function showCase(
  { desk, shown, terminal }: Session,
  caseId: string,
  as: string | undefined,
): Promise<ShownCase> {
  const token = as === undefined ? undefined : await desk.signIn(as)
  const found = await readCase(desk, caseId, token)
  if (!shown.remember(caseId, found.case.digest, found.case.openedAt))
    terminal.err(`It cannot be written down that ${caseId} was shown: ${shown.file} cannot be written.\n`)
  return found
}
