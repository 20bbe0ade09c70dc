import type {} from '@holdpoint/desk-contract'
import type { Line } from '@holdpoint/schemas'
import { Button, Paper, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { showCount, showMoney } from '../text/format.ts'

const shownAtFirst = 8

/** The order's lines; long orders show the first ones until somebody asks for all. */
export function Lines({ lines, currency, total }: { lines: Line[]; currency: string; total: string }) {
  const [all, setAll] = useState(false)
  const shown = all ? lines : lines.slice(0, shownAtFirst)
  return (
    <Paper withBorder p="md">
      <Title order={3} size="h6" mb={4}>
        {showCount(lines.length, 'line')}, {showMoney(total, currency)}
      </Title>
      <Table verticalSpacing={4} horizontalSpacing={6} aria-label="Lines">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Product</Table.Th>
            <Table.Th scope="col" ta="right">
              Quantity
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Price
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Discount
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((line) => (
            <LineRow key={line.lineId} line={line} currency={currency} />
          ))}
        </Table.Tbody>
      </Table>
      {lines.length > shownAtFirst && (
        <Button variant="subtle" size="xs" mt="xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show the first lines only' : `Show all ${showCount(lines.length, 'line')}`}
        </Button>
      )}
    </Paper>
  )
}

function LineRow({ line, currency }: { line: Line; currency: string }) {
  return (
    <Table.Tr>
      <Table.Td className="value">
        {line.description || <Text c="dimmed">no description</Text>}
        <Text size="xs" c="dimmed">
          {line.sku}
        </Text>
      </Table.Td>
      <Table.Td ta="right">{line.quantity}</Table.Td>
      <Table.Td ta="right">{showMoney(line.unitPrice, currency)}</Table.Td>
      <Table.Td ta="right">{line.discountPercent ? `${line.discountPercent} %` : ''}</Table.Td>
    </Table.Tr>
  )
}
