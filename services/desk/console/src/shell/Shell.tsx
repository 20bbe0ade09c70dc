import { Anchor, AppShell, Badge, Group, Text } from '@mantine/core'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { useLive } from '../api/live.ts'
import { OrderSearch } from './OrderSearch.tsx'
import { SignIn } from './SignIn.tsx'

/** The pages that the header leads to. */
const pages = [{ to: '/inbox', name: 'Inbox' }] as const

/** The frame of every page: where to go, who is signed in, whether the page is live. */
export function Shell() {
  const live = useLive()
  const navigate = useNavigate()
  return (
    <AppShell header={{ height: 60 }} padding="md">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <AppShell.Header>
        <Group h="100%" px={{ base: 'xs', sm: 'md' }} gap="md" wrap="nowrap">
          <Home />
          <nav aria-label="Pages">
            {pages.map(({ to, name }) => (
              <Anchor
                key={to}
                c="dark"
                fw={600}
                renderRoot={(props) => <Link {...props} to={to} activeProps={{ 'aria-current': 'page' }} />}
              >
                {name}
              </Anchor>
            ))}
          </nav>
          <OrderSearch onOpen={(orderId) => navigate({ to: '/orders/$orderId', params: { orderId } })} />
          <Group gap="sm" wrap="nowrap" ml="auto">
            <LiveMark live={live} />
            <SignIn />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Main maw={1400} mx="auto" w="100%" id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  )
}

function Home() {
  return (
    <Link to="/inbox" aria-label="Holdpoint" style={{ textDecoration: 'none', color: 'inherit' }}>
      <Group gap="xs" wrap="nowrap">
        <img src="/icon.svg" alt="" width={28} height={28} />
        <Text fw={700} size="lg" visibleFrom="sm">
          Holdpoint
        </Text>
      </Group>
    </Link>
  )
}

function LiveMark({ live }: { live: boolean }) {
  if (live) {
    return (
      <Badge variant="dot" color="teal" tt="none" visibleFrom="xs" title="Changes appear here by themselves.">
        Live
      </Badge>
    )
  }
  return (
    <Badge
      variant="filled"
      color="red"
      tt="none"
      role="alert"
      style={{ flexShrink: 0 }}
      title="The desk cannot be reached. What is shown may be out of date; it comes back by itself."
    >
      Not live
    </Badge>
  )
}
