import type { OrderView } from '@holdpoint/desk-contract'
import { Paper, Stack, Text, Title } from '@mantine/core'
import { getRouteApi, useLocation } from '@tanstack/react-router'
import { showCount } from '../text/format.ts'
import { byUrgency } from './actions.ts'
import { CaseCard } from './CaseCard.tsx'
import { RaiseCase } from './RaiseCase.tsx'

const route = getRouteApi('/orders/$orderId')

/** The order's cases, open ones first. The one that the address names (`#C-…`) is marked and in view. */
export function CaseList({ view }: { view: OrderView }) {
  const named = useLocation({ select: ({ hash }) => hash })
  const { action } = route.useSearch()
  const { open, closed } = byUrgency(view.cases)
  const mine = open.filter(({ mayAct }) => mayAct).length
  const card = ({ caseId }: { caseId: string }) => (
    <CaseCard
      key={caseId}
      caseId={caseId}
      view={view}
      isNamed={caseId === named}
      wanted={caseId === named ? action : undefined}
    />
  )
  return (
    <Stack component="section" aria-label="Cases">
      <Title key="open" order={2} size="h4">
        {open.length === 0 ? 'No open case' : showCount(open.length, 'open case')}
        {mine > 0 && mine < open.length && `, ${mine} of them yours to decide`}
      </Title>
      {/* One list, so that a card that moves from open to closed stays the same card and keeps the focus. */}
      {[
        ...open.map(card),
        closed.length > 0 && (
          <Title key="closed" order={2} size="h4">
            Closed
          </Title>
        ),
        ...closed.map(card),
      ]}
      <RaiseCase view={view} />
      {view.cases.length === 0 && (
        <Paper withBorder p="md">
          <Text c="dimmed">
            No rule of the policy has matched this order, so nobody has to decide anything.
          </Text>
        </Paper>
      )}
    </Stack>
  )
}
