import { Group, SegmentedControl, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { casesQuery, peopleQuery, sessionQuery } from '../api/queries.ts'
import type { InboxSearch } from '../routes.tsx'
import { Problem } from '../shell/Problem.tsx'
import { showRole } from '../text/format.ts'
import { CaseTable } from './CaseTable.tsx'

const route = getRouteApi('/inbox')

/** Every case that waits, the most urgent first; the filter lives in the address, so that it can be shared. */
export function InboxPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const filter = { status: search.status ?? 'open', role: search.role ?? '', q: search.q ?? '' } as const
  const cases = useQuery(casesQuery(filter))
  const change = (part: InboxSearch) => navigate({ search: (old) => ({ ...old, ...part }), replace: true })
  return (
    <Stack>
      <Group justify="space-between" align="end">
        <div>
          <Title order={2}>Inbox</Title>
          <Text c="dimmed" aria-live="polite">
            {cases.data ? describe(cases.data.total, filter.status) : 'Loading…'}
          </Text>
        </div>
        <Group align="end">
          <SegmentedControl
            aria-label="Which cases"
            value={filter.status}
            onChange={(status) => change({ status: status as InboxSearch['status'] })}
            data={[
              { value: 'open', label: 'Open' },
              { value: 'closed', label: 'Closed' },
              { value: 'all', label: 'All' },
            ]}
          />
          <RoleFilter value={filter.role} onChange={(role) => change({ role })} />
          <TextInput
            aria-label="Search cases"
            placeholder="Case, order, customer"
            leftSection={<IconSearch size={16} aria-hidden />}
            value={filter.q}
            onChange={(event) => change({ q: event.currentTarget.value })}
          />
        </Group>
      </Group>
      {cases.error && <Problem what="The inbox" error={cases.error} onRetry={() => cases.refetch()} />}
      {cases.data && <CaseTable cases={cases.data.cases} total={cases.data.total} />}
    </Stack>
  )
}

function RoleFilter({ value, onChange }: { value: string; onChange: (role: string) => void }) {
  const people = useQuery(peopleQuery)
  const session = useQuery(sessionQuery)
  const roles = [...new Set((people.data ?? []).flatMap((person) => person.roles))].sort()
  const mine = session.data?.roles ?? []
  return (
    <Select
      aria-label="Role that decides"
      placeholder="Every role"
      clearable
      value={value || null}
      onChange={(role) => onChange(role ?? '')}
      data={roles.map((role) => ({
        value: role,
        label: mine.includes(role) ? `${showRole(role)} (mine)` : showRole(role),
      }))}
    />
  )
}

function describe(total: number, status: 'open' | 'closed' | 'all'): string {
  const which = { open: 'open ', closed: 'closed ', all: '' }[status]
  return total === 1 ? `1 ${which}case` : `${total.toLocaleString()} ${which}cases`
}
