import type { CaseSummary, ListedCase } from '@holdpoint/desk-contract'
import { Anchor, Checkbox, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Deadline } from '../text/Deadline.tsx'
import { sentence, showList, showMoney, showRole, showWhen, showWord } from '../text/format.ts'
import { useRoleNames } from '../text/people.ts'
import { allToggled, type Chosen, canChoose, toggled } from './bulk.ts'

type Choosing = {
  /** Undefined while nobody is signed in: nothing can be ticked then. */
  chosen: Chosen | undefined
  onChoose: (chosen: Chosen) => void
}

/** Cases as rows, with what an owner needs to choose what to do next. On a narrow screen the columns fold into one. */
export function CaseTable({ cases, chosen, onChoose }: { cases: ListedCase[] } & Choosing) {
  const open = cases.filter(canChoose)
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
          {chosen && (
            <Table.Th scope="col" w={1}>
              <Checkbox
                aria-label="Tick every case that is yours to decide"
                disabled={open.length === 0}
                checked={open.length > 0 && open.every(({ caseId }) => chosen.has(caseId))}
                indeterminate={chosen.size > 0 && open.some(({ caseId }) => !chosen.has(caseId))}
                onChange={() => onChoose(allToggled(chosen, cases))}
              />
            </Table.Th>
          )}
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
          <Table.Th scope="col" visibleFrom="md">
            Who has it
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {cases.map((one) => (
          <CaseRow key={one.caseId} one={one} chosen={chosen} onChoose={onChoose} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function CaseRow({ one, chosen, onChoose }: { one: ListedCase } & Choosing) {
  const customer = one.customerName || 'customer not known'
  const value = showMoney(one.total, one.currency)
  return (
    <Table.Tr data-case={one.caseId}>
      {chosen && (
        <Table.Td>
          {canChoose(one) && (
            <Checkbox
              aria-label={`Tick ${one.name}, ${one.orderId}`}
              checked={chosen.has(one.caseId)}
              onChange={() => onChoose(toggled(chosen, one))}
            />
          )}
        </Table.Td>
      )}
      <Table.Td w={1} style={{ whiteSpace: 'nowrap' }}>
        {one.status === 'CLOSED' ? <Ended one={one} /> : <Deadline one={one} />}
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
          {one.assignee && `; with ${one.assignee.name}`}
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
      <Table.Td visibleFrom="md">{one.assignee?.name ?? ''}</Table.Td>
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
