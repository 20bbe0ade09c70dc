import { Badge, Grid, Group, Loader, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ProblemError } from '../api/client.ts'
import { orderQuery } from '../api/queries.ts'
import type { OrderView } from '../api/types.ts'
import { Problem } from '../shell/Problem.tsx'
import { showMoney } from '../text/format.ts'
import { CaseCard } from './CaseCard.tsx'
import { OrderFacts } from './OrderFacts.tsx'
import { StageStrip } from './StageStrip.tsx'
import { Trail } from './Trail.tsx'

const route = getRouteApi('/orders/$orderId')

/** Everything about one order: what may go on, what holds it and who decides, what it says, what happened. */
export function OrderPage() {
  const { orderId } = route.useParams()
  const order = useQuery(orderQuery(orderId))
  if (order.error instanceof ProblemError && order.error.status === 404)
    return <UnknownOrder orderId={orderId} />
  if (order.error)
    return <Problem what={`Order ${orderId}`} error={order.error} onRetry={() => order.refetch()} />
  if (!order.data) return <Loader aria-label="Loading the order" />
  return <OrderContent view={order.data} />
}

function OrderContent({ view }: { view: OrderView }) {
  const open = view.cases.filter((one) => one.status !== 'CLOSED')
  const closed = view.cases.filter((one) => one.status === 'CLOSED')
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="start">
        <div>
          <Group gap="sm">
            <Title order={2}>Order {view.orderId}</Title>
            {view.cancelled && (
              <Badge color="red" tt="none">
                cancelled
              </Badge>
            )}
          </Group>
          <Text c="dimmed">
            {view.order?.customer.name || 'Customer not known'} ·{' '}
            {showMoney(view.total, view.order?.currency ?? '')} · revision {view.revision}
          </Text>
        </div>
        <StageStrip verdicts={view.verdicts} stages={view.stages} cases={view.cases} />
      </Group>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack>
            <Title order={3} size="h4">
              {open.length === 0
                ? 'No open case'
                : open.length === 1
                  ? '1 open case'
                  : `${open.length} open cases`}
            </Title>
            {open.map((one) => (
              <CaseCard key={one.caseId} caseId={one.caseId} view={view} />
            ))}
            {closed.length > 0 && (
              <Title order={3} size="h4">
                Closed
              </Title>
            )}
            {closed.map((one) => (
              <CaseCard key={one.caseId} caseId={one.caseId} view={view} />
            ))}
            <Trail view={view} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          {view.order && <OrderFacts view={view} order={view.order} />}
        </Grid.Col>
      </Grid>
    </Stack>
  )
}

function UnknownOrder({ orderId }: { orderId: string }) {
  return (
    <Stack>
      <Title order={2}>There is no order {orderId}</Title>
      <Text>
        Either the number has a typing error, or the order has not arrived yet. This page shows it as soon as
        it does.
      </Text>
    </Stack>
  )
}
