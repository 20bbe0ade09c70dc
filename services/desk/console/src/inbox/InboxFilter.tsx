import type { CaseStatusFilter } from '@holdpoint/desk-contract'
import { Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { peopleQuery, sessionQuery } from '../api/queries.ts'
import { sentence, showRole } from '../text/format.ts'
import type { InboxSearch } from './search.ts'

type Props = { status: CaseStatusFilter; role: string; q: string; onChange: (part: InboxSearch) => void }

/** Which cases the inbox shows. */
export function InboxFilter({ status, role, q, onChange }: Props) {
  return (
    <Group align="end" gap="sm">
      <SegmentedControl
        aria-label="Which cases"
        classNames={{ label: 'choice' }}
        value={status}
        onChange={(value) => onChange({ status: value as CaseStatusFilter })}
        data={[
          { value: 'open', label: 'Open' },
          { value: 'waiting', label: 'Waiting' },
          { value: 'stopped', label: 'Stopped' },
          { value: 'closed', label: 'Closed' },
          { value: 'all', label: 'All' },
        ]}
      />
      <RoleFilter value={role} onChange={(value) => onChange({ role: value })} />
      <CaseSearch
        key={q === '' ? 'empty' : 'filled'}
        value={q}
        onChange={(value) => onChange({ q: value })}
      />
    </Group>
  )
}

function RoleFilter({ value, onChange }: { value: string; onChange: (role: string) => void }) {
  const people = useQuery(peopleQuery).data ?? []
  const mine = useQuery(sessionQuery).data?.roles ?? []
  const known = new Set([...people.flatMap((person) => person.roles), ...mine, ...(value ? [value] : [])])
  const others = [...known].filter((role) => !mine.includes(role)).sort()
  return (
    <NativeSelect
      aria-label="Whose cases"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: 'Every role' },
        ...mine.map((role) => ({ value: role, label: `Mine: ${showRole(role)}` })),
        ...others.map((role) => ({ value: role, label: sentence(showRole(role)) })),
      ]}
    />
  )
}

const waitMs = 250

/** Asks only once the typing pauses. */
function CaseSearch({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const [text, setText] = useState(value)
  useEffect(() => {
    if (value === '') setText('')
  }, [value])
  const ask = useDebouncedCallback(onChange, waitMs)
  return (
    <TextInput
      aria-label="Search cases"
      style={{ flex: '1 1 12rem' }}
      placeholder="Case, order, customer"
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        ask(event.currentTarget.value)
      }}
    />
  )
}
