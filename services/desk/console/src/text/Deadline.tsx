import { Badge, Text, Tooltip } from '@mantine/core'
import { useNow } from './clock.ts'
import { showExactly, showRemaining } from './format.ts'

const soonMs = 15 * 60_000

/** The time left until a deadline; words carry the meaning, colour only repeats it. */
export function Deadline({ deadline }: { deadline: string | null }) {
  const now = useNow()
  if (!deadline)
    return (
      <Text size="sm" c="dimmed">
        no deadline
      </Text>
    )
  const left = new Date(deadline).getTime() - now
  const color = left < 0 ? 'red' : left < soonMs ? 'orange' : 'gray'
  return (
    <Tooltip label={showExactly(deadline)}>
      <Badge color={color} variant={left < soonMs ? 'filled' : 'light'} tt="none">
        {showRemaining(deadline, now)}
      </Badge>
    </Tooltip>
  )
}
