import type { OrderView, ShownOrder } from '@holdpoint/desk-contract'
import { Paper, Stack, Text, Title } from '@mantine/core'
import { showMoment, showMoney } from '../text/format.ts'
import { showField } from './fields.ts'
import { Lines } from './Lines.tsx'

/** What the order says now, corrections folded in; a field that a person corrected is marked. */
export function OrderFacts({ view, order }: { view: OrderView; order: ShownOrder }) {
  const corrected = new Set(
    view.revisions.flatMap((revision) =>
      revision.changes.filter((change) => change.origin === 'CORRECTION').map((change) => change.path),
    ),
  )
  const { currency, declaredTotal, lines, placedAt, salesperson, channel, contractNumber } = order
  const sale = {
    placed: showMoment(placedAt),
    salesperson,
    channel,
    contractNumber,
    declaredTotal: declaredTotal && showMoney(declaredTotal, currency),
  }
  const amount = order.payment.amount ?? null
  const payment = { ...order.payment, amount: amount && showMoney(amount, currency) }
  return (
    <Stack component="section" aria-label="What the order says">
      <Title order={2} size="h4">
        What the order says
      </Title>
      <Lines lines={lines} currency={currency} total={view.total} />
      <Paper withBorder p="md">
        <Stack gap="md">
          {Object.entries({
            shipping: order.shipping,
            billing: order.billing,
            customer: order.customer,
            payment,
            sale,
            facts: view.facts,
          }).map(([name, values]) => (
            <FactGroup key={name} name={name} values={values} corrected={corrected} />
          ))}
        </Stack>
      </Paper>
    </Stack>
  )
}

type Values = object

function FactGroup({ name, values, corrected }: { name: string; values: Values; corrected: Set<string> }) {
  const filled = Object.entries(values).filter(
    ([, value]) => value !== '' && value !== null && value !== false,
  )
  if (filled.length === 0) return null
  return (
    <div>
      <Title order={3} size="h6" mb={4}>
        {showField(name)}
      </Title>
      <dl className="facts">
        {filled.map(([field, value]) => (
          <div key={field} style={{ display: 'contents' }}>
            <dt>{name === 'facts' ? field : showField(field)}</dt>
            <dd className="value">
              {value === true ? 'yes' : value}
              {corrected.has(`${name}.${field}`) && (
                <Text span size="xs" fw={600} c="teal.9">
                  {' '}
                  (corrected)
                </Text>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
