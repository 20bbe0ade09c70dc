import { AppShell, Badge, Group, Text, Title } from '@mantine/core'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { useLive } from '../api/live.ts'
import { OrderSearch } from './OrderSearch.tsx'
import { SignIn } from './SignIn.tsx'

/** The frame of every page: name, search, who is signed in, whether the page is live. */
export function Shell() {
  const live = useLive()
  const navigate = useNavigate()
  return (
    <AppShell header={{ height: 60 }} padding="md">
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="lg" wrap="nowrap">
            <Link to="/inbox" style={{ textDecoration: 'none', color: 'inherit' }}>
              <Group gap="xs" wrap="nowrap">
                <img src="/icon.svg" alt="" width={28} height={28} />
                <Title order={1} size="h3">
                  Holdpoint
                </Title>
              </Group>
            </Link>
            <OrderSearch onOpen={(orderId) => navigate({ to: '/orders/$orderId', params: { orderId } })} />
          </Group>
          <Group gap="md" wrap="nowrap">
            <LiveMark live={live} />
            <SignIn />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Main maw={1400} mx="auto" w="100%">
        <Outlet />
      </AppShell.Main>
    </AppShell>
  )
}

function LiveMark({ live }: { live: boolean }) {
  if (live) {
    return (
      <Badge variant="dot" color="teal">
        Live
      </Badge>
    )
  }
  return (
    <Group gap={6} role="alert">
      <Badge variant="dot" color="red">
        Not live
      </Badge>
      <Text size="sm" visibleFrom="md">
        The desk cannot be reached; trying again.
      </Text>
    </Group>
  )
}
