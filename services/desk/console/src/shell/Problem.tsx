import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { tellLoading } from './problem-words.ts'

type Props = {
  what: string
  error: Error
  onRetry: () => void
  /** What was loaded before is still on the screen. */
  isShown?: boolean
}

/** Something could not be loaded: what, why, and a way to try again. */
export function Problem({ what, error, onRetry, isShown = false }: Props) {
  const { title, text, isAskedAgain } = tellLoading(what, error, isShown)
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={title}>
      <Group justify="space-between">
        <Text size="sm">
          {text} {isAskedAgain && 'This page asks again by itself.'}
        </Text>
        <Button size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      </Group>
    </Alert>
  )
}
