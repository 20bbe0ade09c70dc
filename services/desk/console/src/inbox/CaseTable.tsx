import { Anchor, Badge, Group, Paper, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { CaseSummary } from '../api/types.ts'
import { Deadline } from '../text/Deadline.tsx'
import { showMoment, showMoney, showRole, showWord } from '../text/format.ts'

/** Cases as rows; the whole row of facts that an owner needs to choose what to do next. */
export function CaseTable({ cases, total }: { cases: CaseSummary[]; total: number }) {
  if (cases.length === 0) {
    return (
      <Paper withBorder p="xl" ta="center">
        <Text fw={600}>Nothing here</Text>
        <Text c="dimmed">No case matches. Orders that follow the rules go straight through.</Text>
      </Paper>
    )
  }
  return (
    <>
      <Table.ScrollContainer minWidth={900}>
        <Table highlightOnHover verticalSpacing="sm" aria-label="Cases">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Case</Table.Th>
              <Table.Th>Order</Table.Th>
              <Table.Th>Customer</Table.Th>
              <Table.Th ta="right">Value</Table.Th>
              <Table.Th>Holds</Table.Th>
              <Table.Th>Decides</Table.Th>
              <Table.Th>Deadline</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {cases.map((one) => (
              <CaseRow key={one.caseId} one={one} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {cases.length < total && (
        <Text size="sm" c="dimmed">
          The {cases.length} most urgent of {total.toLocaleString()} are shown; narrow the list to see the
          others.
        </Text>
      )}
    </>
  )
}

function CaseRow({ one }: { one: CaseSummary }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor
          fw={600}
          renderRoot={(props) => (
            <Link {...props} to="/orders/$orderId" params={{ orderId: one.orderId }} hash={one.caseId} />
          )}
        >
          {one.name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {one.caseId} · {one.kind.toLowerCase()} · opened {showMoment(one.openedAt)}
        </Text>
      </Table.Td>
      <Table.Td>{one.orderId}</Table.Td>
      <Table.Td>{one.customerName || <Text c="dimmed">not known</Text>}</Table.Td>
      <Table.Td ta="right">{showMoney(one.total, one.currency)}</Table.Td>
      <Table.Td>
        <Group gap={4}>
          {one.holds.map((stage) => (
            <Badge key={stage} variant="outline" color="gray" tt="none">
              {stage}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        {showRole(one.decider)}
        {one.level > 0 && (
          <Text size="xs" c="dimmed">
            escalated from {showRole(one.owner)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {one.status === 'CLOSED' ? <Ended one={one} /> : <Deadline deadline={one.deadline} />}
      </Table.Td>
    </Table.Tr>
  )
}

function Ended({ one }: { one: CaseSummary }) {
  return (
    <>
      {showWord(one.outcome)}
      <Text size="xs" c="dimmed">
        {one.closedAt ? showMoment(one.closedAt) : ''}
      </Text>
    </>
  )
}
