import { Badge, Group, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { caseQuery, sessionQuery } from '../api/queries.ts'
import type { CaseDetail, OrderView } from '../api/types.ts'
import { Problem } from '../shell/Problem.tsx'
import { Deadline } from '../text/Deadline.tsx'
import { showMoment, showRole, showWord } from '../text/format.ts'
import { ActionPanel } from './ActionPanel.tsx'

/** One case: its name and rule, why it matched, who decides by when, and what may be done. */
export function CaseCard({ caseId, view }: { caseId: string; view: OrderView }) {
  const detail = useQuery(caseQuery(caseId))
  const session = useQuery(sessionQuery)
  if (detail.error)
    return <Problem what={`Case ${caseId}`} error={detail.error} onRetry={() => detail.refetch()} />
  if (!detail.data) return null
  const one = detail.data.case
  return (
    <Paper withBorder p="md" id={caseId} component="section" aria-label={one.name}>
      <Stack gap="sm">
        <Group justify="space-between" align="start" wrap="nowrap">
          <div>
            <Group gap="xs">
              <Title order={4} size="h5">
                {one.name}
              </Title>
              <Badge variant="light" color="gray" tt="none">
                {one.kind.toLowerCase()}
              </Badge>
            </Group>
            <Text size="sm">{one.rule}</Text>
          </div>
          {one.status === 'CLOSED' ? (
            <Badge color="gray" tt="none">
              {one.outcome.toLowerCase()}
            </Badge>
          ) : (
            <Deadline deadline={one.deadline} />
          )}
        </Group>
        <Owners one={one} />
        <Request one={one} view={view} />
        <Evidence one={one} />
        {one.status === 'CLOSED' ? (
          <Text size="sm">
            {showWord(one.outcome)} by {one.closedBy}
            {one.closedAt ? `, ${showMoment(one.closedAt)}` : ''}
            {one.closedReason ? `: ${one.closedReason}` : ''}
          </Text>
        ) : (
          <ActionPanel one={one} view={view} person={session.data ?? null} />
        )}
      </Stack>
    </Paper>
  )
}

function Owners({ one }: { one: CaseDetail }) {
  return (
    <Group gap="xl">
      <Labelled label="Owner" text={showRole(one.owner)} />
      <Labelled label="Backup" text={showRole(one.backup)} />
      {one.status !== 'CLOSED' && <Labelled label="Decides now" text={showRole(one.decider)} />}
      <Labelled label="Holds" text={one.holds.join(', ') || 'nothing'} />
      <Labelled label="Case" text={one.caseId} />
    </Group>
  )
}

function Labelled({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm">{text}</Text>
    </div>
  )
}

function Request({ one, view }: { one: CaseDetail; view: OrderView }) {
  const open = view.requests.find((candidate) => candidate.request.requestId === one.requestId)
  if (!open || !one.requestId) return null
  const { request } = open
  return (
    <Paper bg="gray.0" p="sm">
      <Text size="sm" fw={600}>
        {request.by} ({showRole(request.role)}) asks:
      </Text>
      <Text size="sm">{request.text || request.kind}</Text>
      {request.proposes.map((proposal) => (
        <Text size="sm" key={proposal.path}>
          <code>{proposal.path}</code> becomes <b>{proposal.value || '(empty)'}</b>
        </Text>
      ))}
    </Paper>
  )
}

function Evidence({ one }: { one: CaseDetail }) {
  if (one.evidence.length === 0) return null
  return (
    <Table withRowBorders={false} verticalSpacing={2} aria-label={`Why ${one.name}`} layout="fixed">
      <Table.Tbody>
        {one.evidence.map((part) => (
          <Table.Tr key={part.expression}>
            <Table.Td>
              <code>{part.expression}</code>
            </Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              {part.value === '' ? '(empty)' : part.value}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
