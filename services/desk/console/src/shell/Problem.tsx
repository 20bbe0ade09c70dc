import { Alert, Button, Group } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'

type Props = {
  what: string
  error: Error
  onRetry: () => void
  /** What was loaded before is still on the screen. */
  isShown?: boolean
}

/** Something could not be loaded: what, why, and a way to try again. */
export function Problem({ what, error, onRetry, isShown = false }: Props) {
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={isShown ? `${what} may have changed since` : `${what} could not be loaded`}
    >
      <Group justify="space-between">
        {error.message}
        <Button size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      </Group>
    </Alert>
  )
}
