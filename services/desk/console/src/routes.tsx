import type { CaseStatusFilter } from '@holdpoint/desk-contract'
import { isKnownAction } from '@holdpoint/policy/actions'
import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router'
import { InboxPage } from './inbox/InboxPage.tsx'
import type { InboxSearch } from './inbox/search.ts'
import { OrderPage } from './order/OrderPage.tsx'
import { NotFound } from './shell/NotFound.tsx'
import { Shell } from './shell/Shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox' })
  },
})

const statuses: readonly CaseStatusFilter[] = ['open', 'waiting', 'stopped', 'closed', 'all']

const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  component: InboxPage,
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    ...(statuses.some((status) => status === search.status)
      ? { status: search.status as CaseStatusFilter }
      : {}),
    ...(typeof search.role === 'string' && search.role ? { role: search.role } : {}),
    ...(typeof search.q === 'string' && search.q ? { q: search.q } : {}),
  }),
})

const order = createRoute({
  getParentRoute: () => root,
  path: '/orders/$orderId',
  component: OrderPage,
  /** A link of a message opens a case with an action chosen; what that is is for the person to do. */
  validateSearch: ({ action }: Record<string, unknown>): { action?: string } =>
    typeof action === 'string' && isKnownAction(action.toUpperCase()) ? { action } : {},
})

export const router = createRouter({
  routeTree: root.addChildren([home, inbox, order]),
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
