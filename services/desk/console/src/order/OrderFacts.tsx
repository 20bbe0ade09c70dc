import { Paper, Stack, Table, Text, Title } from '@mantine/core'
import type { Line, OrderRecord, OrderView } from '../api/types.ts'
import { showMoney } from '../text/format.ts'
import { showField } from './fields.ts'

const shownLines = 50

/** What the order says now, corrections folded in; a field that a person corrected is marked. */
export function OrderFacts({ view, order }: { view: OrderView; order: OrderRecord }) {
  const corrected = new Set(
    view.revisions.flatMap((revision) =>
      revision.changes.filter((change) => change.origin === 'CORRECTION').map((change) => change.path),
    ),
  )
  return (
    <Stack>
      <Lines lines={order.lines} currency={order.currency} total={view.total} />
      {(['customer', 'shipping', 'billing', 'payment'] as const).map((group) => (
        <FactGroup key={group} name={group} values={order[group]} corrected={corrected} />
      ))}
      {Object.keys(view.facts).length > 0 && (
        <FactGroup name="facts" values={view.facts} corrected={corrected} />
      )}
    </Stack>
  )
}

function FactGroup(props: {
  name: string
  values: Record<string, string | boolean | null>
  corrected: Set<string>
}) {
  const filled = Object.entries(props.values).filter(
    ([, value]) => value !== '' && value !== null && value !== false,
  )
  if (filled.length === 0) return null
  return (
    <Paper withBorder p="md" component="section" aria-label={showField(props.name)}>
      <Title order={3} size="h5" mb={4}>
        {showField(props.name)}
      </Title>
      <Table withRowBorders={false} verticalSpacing={2} layout="fixed">
        <Table.Tbody>
          {filled.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Td c="dimmed">{showField(name)}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {value === true ? 'yes' : value}
                {props.corrected.has(`${props.name}.${name}`) && (
                  <Text span size="xs" c="blue.9">
                    {' '}
                    corrected
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}

function Lines({ lines, currency, total }: { lines: Line[]; currency: string; total: string }) {
  return (
    <Paper withBorder p="md" component="section" aria-label="Lines">
      <Title order={3} size="h5" mb={4}>
        {lines.length === 1 ? '1 line' : `${lines.length} lines`}, {showMoney(total, currency)}
      </Title>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Product</Table.Th>
            <Table.Th ta="right">Quantity</Table.Th>
            <Table.Th ta="right">Price</Table.Th>
            <Table.Th ta="right">Discount</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.slice(0, shownLines).map((line) => (
            <Table.Tr key={line.lineId}>
              <Table.Td>
                {line.description || <Text c="dimmed">no description</Text>}
                <Text size="xs" c="dimmed">
                  {line.sku}
                </Text>
              </Table.Td>
              <Table.Td ta="right">{line.quantity}</Table.Td>
              <Table.Td ta="right">{showMoney(line.unitPrice, currency)}</Table.Td>
              <Table.Td ta="right">{line.discountPercent ? `${line.discountPercent} %` : ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {lines.length > shownLines && (
        <Text size="sm" c="dimmed">
          and {lines.length - shownLines} more lines
        </Text>
      )}
    </Paper>
  )
}
