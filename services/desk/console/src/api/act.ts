import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, ProblemError } from './client.ts'
import { caseQuery, orderQuery, sessionQuery } from './queries.ts'
import type { ActionAnswer, ActionName, CaseSummary, Correction } from './types.ts'

export interface ActionRequest {
  commandId: string
  action: ActionName
  reason: string
  /** Of the order as it was displayed: the decision is bound to it. */
  digest: string
  corrections: Correction[]
}

const askAgainMs = 1_000
/** How long a command without an answer is asked for before the form is given free. */
const mostAsking = 30

/** Decides a case. The case on the screen is the answer's, before anything is loaded again. */
export function useAct({ caseId, orderId }: CaseSummary) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (request: ActionRequest) => act(caseId, request),
    onSuccess: (answer) => {
      if (answer.status === 'pending') return
      client.setQueryData(caseQuery(caseId).queryKey, (old) => old && { ...old, case: answer.case })
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.status === 401)
        client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
    onSettled: async (answer) => {
      client.invalidateQueries({ queryKey: ['cases'] })
      client.invalidateQueries({ queryKey: ['case'] })
      const order = client.invalidateQueries({ queryKey: orderQuery(orderId).queryKey })
      if (answer) await order
    },
  })
}

async function act(caseId: string, { commandId, ...body }: ActionRequest): Promise<ActionAnswer> {
  const path = `/cases/${encodeURIComponent(caseId)}/actions`
  let answer = await call<ActionAnswer>('POST', path, body, { 'idempotency-key': commandId })
  for (let asked = 0; answer.status === 'pending' && asked < mostAsking; asked++) {
    await new Promise((resolve) => setTimeout(resolve, askAgainMs))
    answer = await call<ActionAnswer>('GET', `/commands/${encodeURIComponent(commandId)}`)
  }
  return answer
}
