import { Anchor, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { CaseSummary } from '../api/types.ts'
import { Deadline } from '../text/Deadline.tsx'
import { sentence, showList, showMoney, showRole, showWhen, showWord } from '../text/format.ts'
import { useRoleNames } from '../text/people.ts'

/** Cases as rows, with what an owner needs to choose what to do next. On a narrow screen the columns fold into one. */
export function CaseTable({ cases }: { cases: CaseSummary[] }) {
  return (
    <Table
      highlightOnHover
      highlightOnHoverColor="gray.0"
      verticalSpacing="sm"
      className="rows"
      aria-label="Cases"
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Deadline</Table.Th>
          <Table.Th scope="col">Case</Table.Th>
          <Table.Th scope="col" visibleFrom="md">
            Order
          </Table.Th>
          <Table.Th scope="col" visibleFrom="md" ta="right">
            Value
          </Table.Th>
          <Table.Th scope="col" visibleFrom="md">
            Holds
          </Table.Th>
          <Table.Th scope="col" visibleFrom="md">
            Decides
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {cases.map((one) => (
          <CaseRow key={one.caseId} one={one} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function CaseRow({ one }: { one: CaseSummary }) {
  const customer = one.customerName || 'customer not known'
  const value = showMoney(one.total, one.currency)
  return (
    <Table.Tr data-case={one.caseId}>
      <Table.Td w={1} style={{ whiteSpace: 'nowrap' }}>
        {one.status === 'CLOSED' ? <Ended one={one} /> : <Deadline deadline={one.deadline} />}
      </Table.Td>
      <Table.Td className="value">
        <Anchor
          fw={600}
          renderRoot={(props) => (
            <Link {...props} to="/orders/$orderId" params={{ orderId: one.orderId }} hash={one.caseId} />
          )}
        >
          {one.name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {one.kind.toLowerCase()} · opened {showWhen(one.openedAt)} · {one.caseId}
        </Text>
        <Text size="sm" hiddenFrom="md">
          {one.orderId}, {customer}, {value}
        </Text>
        <Text size="sm" hiddenFrom="md">
          <Decides one={one} />
          {one.holds.length > 0 && `; holds ${showList(one.holds)}`}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="md" className="value">
        {one.orderId}
        <Text size="sm" c="dimmed">
          {customer}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="md" ta="right">
        {value}
      </Table.Td>
      <Table.Td visibleFrom="md">{showList(one.holds)}</Table.Td>
      <Table.Td visibleFrom="md">
        <Decides one={one} />
      </Table.Td>
    </Table.Tr>
  )
}

/** The owner role with its people; once the deadline has passed, the backup who may decide as well. */
function Decides({ one }: { one: CaseSummary }) {
  const roleNames = useRoleNames()
  return (
    <>
      {sentence(roleNames(one.owner))}
      {one.status !== 'CLOSED' && one.level > 0 && (
        <Text span size="sm" c="dimmed">
          , now also {showRole(one.decider)}
        </Text>
      )}
    </>
  )
}

function Ended({ one }: { one: CaseSummary }) {
  return (
    <>
      {showWord(one.outcome)}
      <Text size="xs" c="dimmed">
        {one.closedAt ? showWhen(one.closedAt) : ''}
      </Text>
    </>
  )
}
