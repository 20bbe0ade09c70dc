import type {
  ActionName,
  BulkOutcome,
  CaseSummary,
  CommandAnswer,
  CommandDone,
  Correction,
} from '@holdpoint/desk-contract'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { Sending } from '../drafts/use-draft.ts'
import { call } from './client.ts'
import { caseQuery, orderQuery } from './queries.ts'
import { useCommand } from './use-command.ts'

export interface ActionRequest {
  action: ActionName
  /** Why; the question, the answer, the note. */
  reason: string
  /** Of the order as it was displayed: a decision is bound to it. */
  digest: string
  corrections: Correction[]
  to?: string
  within?: string
  wholeOrder?: boolean
  forCustomer?: string
}

export interface RaiseRequest {
  type: string
  reason: string
  corrections: Correction[]
  /** Stages that wait; without any, those of the type that have neither started nor been released. */
  holds: string[]
  recall: boolean
}

export interface BulkRequest {
  action: ActionName
  reason: string
  cases: { caseId: string; digest: string }[]
}

type OnDone = (answer: CommandDone) => void

/** Does something about a case. The case on the screen is the answer's, before anything is loaded again. */
export function useAct({ caseId, orderId }: CaseSummary, sending: Sending, onDone: OnDone) {
  const path = `/cases/${encodeURIComponent(caseId)}/actions`
  return useOrderCommand<ActionRequest>(orderId, path, sending, onDone)
}

/** Opens a case of the order by hand. */
export function useRaise(orderId: string, sending: Sending, onDone: OnDone) {
  return useOrderCommand<RaiseRequest>(
    orderId,
    `/orders/${encodeURIComponent(orderId)}/cases`,
    sending,
    onDone,
  )
}

function useOrderCommand<Content>(orderId: string, path: string, sending: Sending, onDone: OnDone) {
  const client = useQueryClient()
  return useCommand<Content>(
    sending,
    (content, commandId) => call<CommandAnswer>('POST', path, content, { 'idempotency-key': commandId }),
    async (answer) => {
      await showAnswer(client, orderId, answer)
      onDone(answer)
    },
  )
}

/** The same about many cases. The same key again is the same command for each of them. */
export const sendBulk = (content: BulkRequest, key: string): Promise<{ outcomes: BulkOutcome[] }> =>
  call('POST', '/cases/actions', content, { 'idempotency-key': key })

/** What became of commands that were pending. */
export const askForAnswers = (
  commands: readonly { commandId: string; caseId: string }[],
): Promise<{ outcomes: BulkOutcome[] }> => call('POST', '/commands/answers', { commands })

async function showAnswer(client: QueryClient, orderId: string, answer: CommandDone): Promise<void> {
  const { queryKey } = caseQuery(answer.case.caseId)
  client.setQueryData(queryKey, (old) => old && { ...old, case: answer.case })
  client.invalidateQueries({ queryKey: ['cases'] })
  client.invalidateQueries({ queryKey: ['case'] })
  await client.invalidateQueries({ queryKey: orderQuery(orderId).queryKey })
}
