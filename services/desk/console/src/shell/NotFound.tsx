import { Anchor, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTitle } from './title.ts'

export function NotFound() {
  useTitle('No such page')
  return (
    <Stack>
      <Title order={1} size="h2">
        There is no such page
      </Title>
      <Text>
        Go to the{' '}
        <Anchor renderRoot={(props) => <Link {...props} to="/inbox" />} underline="always">
          inbox
        </Anchor>
        , or open an order by its number at the top.
      </Text>
    </Stack>
  )
}
