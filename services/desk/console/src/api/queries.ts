import { QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call, ProblemError } from './client.ts'
import type {
  ActionAnswer,
  ActionName,
  CaseDetail,
  CaseEvent,
  CaseList,
  Correction,
  OrderView,
  Person,
} from './types.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (failures, error) =>
        failures < 3 && (!(error instanceof ProblemError) || error.status === 0 || error.status >= 500),
    },
  },
})

export interface CaseFilter {
  status: 'open' | 'closed' | 'all'
  role: string
  q: string
}

export const casesQuery = (filter: CaseFilter) =>
  queryOptions({
    queryKey: ['cases', filter],
    queryFn: () => {
      const query = new URLSearchParams({ status: filter.status, limit: '100' })
      if (filter.role) query.set('role', filter.role)
      if (filter.q) query.set('q', filter.q)
      return call<CaseList>('GET', `/cases?${query}`)
    },
    placeholderData: (previous) => previous,
  })

export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId],
    queryFn: () =>
      call<{ case: CaseDetail; events: CaseEvent[] }>('GET', `/cases/${encodeURIComponent(caseId)}`),
  })

export const orderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['order', orderId],
    queryFn: () => call<OrderView>('GET', `/orders/${encodeURIComponent(orderId)}`),
  })

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: () => call<{ people: Person[] }>('GET', '/people').then((answer) => answer.people),
})

/** The person signed in, or null. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () =>
    call<{ person: Person }>('GET', '/session').then(
      (answer) => answer.person,
      (error) => {
        if (error instanceof ProblemError && error.status === 401) return null
        throw error
      },
    ),
  staleTime: 60_000,
})

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (subject: string) => call<{ person: Person }>('POST', '/session', { subject }),
    onSuccess: ({ person }) => {
      client.setQueryData(sessionQuery.queryKey, person)
      client.invalidateQueries({ queryKey: ['case'] })
    },
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call<void>('DELETE', '/session'),
    onSuccess: () => client.setQueryData(sessionQuery.queryKey, null),
  })
}

export interface ActionRequest {
  /** Made once per form, so that pressing twice or trying again after a lost answer is one command. */
  commandId: string
  action: ActionName
  reason: string
  digest: string
  corrections?: Correction[]
}

export function useAction(caseId: string, orderId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ commandId, ...body }: ActionRequest) =>
      call<ActionAnswer>('POST', `/cases/${encodeURIComponent(caseId)}/actions`, body, {
        'idempotency-key': commandId,
      }),
    onSettled: () => {
      client.invalidateQueries({ queryKey: ['cases'] })
      client.invalidateQueries({ queryKey: ['case', caseId] })
      client.invalidateQueries({ queryKey: ['order', orderId] })
    },
  })
}
