import type {
  CaseList,
  CaseStatusFilter,
  CaseView,
  ExceptionType,
  OrderView,
  Person,
} from '@holdpoint/desk-contract'
import { QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call, isFinal, ProblemError } from './client.ts'

/** What could not be loaded is asked for again so often, until the desk has said something. */
const askAgainMs = 3_000

/** The desk may be on this machine: whether there is a network says nothing about it. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      networkMode: 'always',
      retry: (failures, error) => failures < 1 && !isFinal(error),
      refetchInterval: ({ state: { error } }) => (error && !isFinal(error) ? askAgainMs : false),
    },
    mutations: { networkMode: 'always' },
  },
})

export interface CaseFilter {
  status: CaseStatusFilter
  role: string
  q: string
  limit: number
}

export const casesQuery = (filter: CaseFilter) =>
  queryOptions({
    queryKey: ['cases', filter],
    queryFn: () => {
      const query = new URLSearchParams({ status: filter.status, limit: String(filter.limit) })
      if (filter.role) query.set('role', filter.role)
      if (filter.q) query.set('q', filter.q)
      return call<CaseList>('GET', `/cases?${query}`)
    },
    placeholderData: (previous) => previous,
  })

export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId],
    queryFn: () => call<CaseView>('GET', `/cases/${encodeURIComponent(caseId)}`),
  })

export const orderQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['order', orderId],
    queryFn: () => call<OrderView>('GET', `/orders/${encodeURIComponent(orderId)}`),
  })

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: () => call<{ people: Person[] }>('GET', '/people').then((answer) => answer.people),
  staleTime: 60_000,
})

/** The types of which cases can be raised by hand. */
export const typesQuery = queryOptions({
  queryKey: ['types'],
  queryFn: () => call<{ types: ExceptionType[] }>('GET', '/policy/types').then((answer) => answer.types),
  staleTime: 60_000,
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

/** What may be done about a case is another thing for another person, in lists too. */
function forgetOffers(client: QueryClient): void {
  client.invalidateQueries({ queryKey: ['case'] })
  client.invalidateQueries({ queryKey: ['cases'] })
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (subject: string) => call<{ person: Person }>('POST', '/session', { subject }),
    onSuccess: ({ person }) => {
      client.setQueryData(sessionQuery.queryKey, person)
      forgetOffers(client)
    },
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call<void>('DELETE', '/session'),
    onSuccess: () => {
      client.setQueryData(sessionQuery.queryKey, null)
      forgetOffers(client)
    },
  })
}
