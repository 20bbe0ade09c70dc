import type { Receipt } from '@holdpoint/desk-contract'
import { Text } from '@mantine/core'
import { tellReceipt } from './receipt.ts'

/** Where the time to decide went, each time that the case was opened; folded away until somebody asks. */
export function Receipts({ receipts }: { receipts: Receipt[] }) {
  if (receipts.length === 0) return null
  return (
    <details>
      <summary>
        <Text span size="sm">
          Where the time went
        </Text>
      </summary>
      {receipts.map(tellReceipt).map(({ key, head, lines, sum }) => (
        <div key={key}>
          <Text size="sm" mt="xs">
            {head}
          </Text>
          <ul className="receipt">
            {lines.map((line) => (
              <li key={line.key}>
                {line.when}: {line.what}, {line.span}
              </li>
            ))}
          </ul>
          <Text size="sm">{sum}</Text>
        </div>
      ))}
    </details>
  )
}
