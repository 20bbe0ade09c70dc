import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, ProblemError } from './client.ts'
import { caseQuery, orderQuery, sessionQuery } from './queries.ts'
import type { ActionAnswer, ActionName, BulkOutcome, CaseSummary, Correction } from './types.ts'

export interface ActionRequest {
  commandId: string
  action: ActionName
  /** Why; the question, the answer, the note. */
  reason: string
  /** Of the order as it was displayed: a decision is bound to it. */
  digest: string
  corrections: Correction[]
  to?: string
  within?: string
  wholeOrder?: boolean
}

export interface RaiseRequest {
  commandId: string
  type: string
  reason: string
  corrections: Correction[]
  /** Stages that wait; without any, those of the type that have neither started nor been released. */
  holds: string[]
  recall: boolean
}

export interface BulkRequest {
  commandId: string
  action: ActionName
  reason: string
  cases: { caseId: string; digest: string }[]
}

const askAgainMs = 1_000
/** How long a command without an answer is asked for before the form is given free. */
const mostAsking = 30

/** Does something about a case. The case on the screen is the answer's, before anything is loaded again. */
export function useAct({ caseId, orderId }: CaseSummary) {
  return useCommand(orderId, (request: ActionRequest) =>
    command(`/cases/${encodeURIComponent(caseId)}/actions`, request),
  )
}

/** Opens a case of the order by hand. */
export function useRaise(orderId: string) {
  return useCommand(orderId, (request: RaiseRequest) =>
    command(`/orders/${encodeURIComponent(orderId)}/cases`, request),
  )
}

/** Does the same about many cases. */
export function useBulk() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ commandId, ...body }: BulkRequest) =>
      call<{ outcomes: BulkOutcome[] }>('POST', '/cases/actions', body, { 'idempotency-key': commandId }),
    onError: useEndOfSession(),
    onSettled: () => client.invalidateQueries({ queryKey: ['cases'] }),
  })
}

function useCommand<Request>(orderId: string, send: (request: Request) => Promise<ActionAnswer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: (answer) => {
      if (answer.status === 'pending') return
      const { queryKey } = caseQuery(answer.case.caseId)
      client.setQueryData(queryKey, (old) => old && { ...old, case: answer.case })
    },
    onError: useEndOfSession(),
    onSettled: async (answer) => {
      client.invalidateQueries({ queryKey: ['cases'] })
      client.invalidateQueries({ queryKey: ['case'] })
      const order = client.invalidateQueries({ queryKey: orderQuery(orderId).queryKey })
      if (answer) await order
    },
  })
}

/** A sign-in that has ended shows at once. */
function useEndOfSession(): (error: Error) => void {
  const client = useQueryClient()
  return (error) => {
    if (error instanceof ProblemError && error.status === 401)
      client.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
}

async function command<Request extends { commandId: string }>(
  path: string,
  { commandId, ...body }: Request,
): Promise<ActionAnswer> {
  let answer = await call<ActionAnswer>('POST', path, body, { 'idempotency-key': commandId })
  for (let asked = 0; answer.status === 'pending' && asked < mostAsking; asked++) {
    await new Promise((resolve) => setTimeout(resolve, askAgainMs))
    answer = await call<ActionAnswer>('GET', `/commands/${encodeURIComponent(commandId)}`)
  }
  return answer
}
