import { Anchor, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'

export function NotFound() {
  return (
    <Stack>
      <Title order={2}>There is no such page</Title>
      <Text>
        Go to the{' '}
        <Anchor component={Link} to="/inbox">
          inbox
        </Anchor>
        , or search for an order there.
      </Text>
    </Stack>
  )
}
