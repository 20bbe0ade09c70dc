import type { CaseStatusFilter } from '@holdpoint/desk-contract'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { casesQuery, sessionQuery } from '../api/queries.ts'
import { useLast } from '../shell/last.ts'
import { Problem } from '../shell/Problem.tsx'
import { useTitle } from '../shell/title.ts'
import { showCount } from '../text/format.ts'
import { BulkBar } from './BulkBar.tsx'
import { useBulkForm } from './bulk-form.ts'
import { CaseTable } from './CaseTable.tsx'
import { EmptyInbox } from './EmptyInbox.tsx'
import { InboxFilter } from './InboxFilter.tsx'
import type { InboxSearch } from './search.ts'

const route = getRouteApi('/inbox')
const page = 100
/** The desk gives no more at once. */
const most = 500

/** Every open case, the most urgent first; the filter lives in the address, so that it can be shared. */
export function InboxPage() {
  const person = useQuery(sessionQuery).data
  const writer = useLast(person?.subject) ?? ''
  return <Inbox key={writer} writer={writer} isSignedIn={Boolean(person)} />
}

function Inbox({ writer, isSignedIn }: { writer: string; isSignedIn: boolean }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [limit, setLimit] = useState(page)
  const { status = 'open', role = '', q = '' } = search
  const { data, error, refetch } = useQuery(casesQuery({ status, role, q, limit }))
  const change = (part: InboxSearch) => navigate({ search: (old) => ({ ...old, ...part }), replace: true })
  const which = {
    open: 'open case',
    waiting: 'waiting case',
    stopped: 'stopped order',
    closed: 'closed case',
    all: 'case',
  }[status]
  const bulk = useBulkForm(writer)
  useTitle(data && data.total > 0 && showCount(data.total, which), 'Inbox')
  return (
    <Stack>
      <Group justify="space-between" align="end">
        <div>
          <Title order={1} size="h2">
            Inbox
          </Title>
          <Text c="dimmed" role="status">
            {data ? describe(data.total, which, status) : error ? '' : 'Loading…'}
          </Text>
        </div>
        <InboxFilter status={status} role={role} q={q} onChange={change} />
      </Group>
      {error && <Problem what="The inbox" isShown={data !== undefined} error={error} onRetry={refetch} />}
      {data && data.cases.length === 0 && (
        <EmptyInbox
          isNarrowed={role !== '' || q !== ''}
          status={status}
          onAll={() => navigate({ search: {}, replace: true })}
        />
      )}
      {isSignedIn && <BulkBar bulk={bulk} />}
      {data && data.cases.length > 0 && (
        <CaseTable cases={data.cases} chosen={isSignedIn ? bulk.chosen : undefined} onChoose={bulk.choose} />
      )}
      {data && data.cases.length < data.total && (
        <Group justify="center">
          <Text size="sm">
            {data.cases.length.toLocaleString()} of {data.total.toLocaleString()} are shown.
          </Text>
          {limit < most ? (
            <Button size="xs" variant="default" onClick={() => setLimit(limit + page)}>
              Show more
            </Button>
          ) : (
            <Text size="sm">Choose a role or search to see the others.</Text>
          )}
        </Group>
      )}
    </Stack>
  )
}

function describe(total: number, which: string, status: CaseStatusFilter): string {
  const sorted =
    status === 'open' || status === 'waiting' || status === 'stopped'
      ? 'the most urgent first'
      : 'the latest first'
  return total > 1 ? `${showCount(total, which)}, ${sorted}` : showCount(total, which)
}
