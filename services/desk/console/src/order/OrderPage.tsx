import type { OrderView } from '@holdpoint/desk-contract'
import { Badge, Grid, Group, Loader, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ProblemError } from '../api/client.ts'
import { orderQuery } from '../api/queries.ts'
import { Problem } from '../shell/Problem.tsx'
import { useTitle } from '../shell/title.ts'
import { showCount, showMoney } from '../text/format.ts'
import { CaseList } from './CaseList.tsx'
import { OrderFacts } from './OrderFacts.tsx'
import { StageStrip } from './StageStrip.tsx'
import { Trail } from './Trail.tsx'

const route = getRouteApi('/orders/$orderId')

/** Everything about one order: what may go on, what holds it and who decides, what it says, what happened. */
export function OrderPage() {
  const { orderId } = route.useParams()
  const { data: view, error, refetch } = useQuery(orderQuery(orderId))
  const open = view?.cases.filter((one) => one.status !== 'CLOSED').length ?? 0
  useTitle(open > 0 && showCount(open, 'open case'), `Order ${orderId}`)
  if (error instanceof ProblemError && error.isOwn && error.code === 'UNKNOWN_ORDER')
    return <UnknownOrder orderId={orderId} />
  return (
    <Stack gap="lg">
      {error && (
        <Problem what={`Order ${orderId}`} isShown={view !== undefined} error={error} onRetry={refetch} />
      )}
      {view && <OrderContent key={orderId} view={view} />}
      {!view && !error && <Loader aria-label="Loading the order" />}
    </Stack>
  )
}

function OrderContent({ view }: { view: OrderView }) {
  return (
    <>
      <OrderHead view={view} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <CaseList view={view} />
            <Trail view={view} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          {view.order ? (
            <OrderFacts view={view} order={view.order} />
          ) : (
            <Text>What the order says is not known: no usable message with it has come in.</Text>
          )}
        </Grid.Col>
      </Grid>
    </>
  )
}

function OrderHead({ view }: { view: OrderView }) {
  const facts = [
    view.order?.customer.name || 'Customer not known',
    ...(view.order ? [showMoney(view.total, view.order.currency), `revision ${view.revision}`] : []),
  ]
  return (
    <Group justify="space-between" align="start" gap="sm">
      <div>
        <Group gap="sm">
          <Title order={1} size="h2" className="value">
            Order {view.orderId}
          </Title>
          {view.cancelled && (
            <Badge color="red" tt="none">
              cancelled
            </Badge>
          )}
        </Group>
        <Text c="dimmed" className="value">
          {facts.join(' · ')}
        </Text>
      </div>
      <StageStrip
        verdicts={view.verdicts}
        stages={view.stages}
        cases={view.cases}
        cancelled={view.cancelled}
      />
    </Group>
  )
}

function UnknownOrder({ orderId }: { orderId: string }) {
  return (
    <Stack>
      <Title order={1} size="h2" className="value">
        There is no order {orderId}
      </Title>
      <Text>
        Either the number has a typing error, or the order has not arrived yet. This page shows it as soon as
        it does.
      </Text>
    </Stack>
  )
}
