import { Badge, Text, Tooltip } from '@mantine/core'
import { useTimely } from './clock.ts'
import { showExactly, showRemaining } from './format.ts'

const soonMs = 15 * 60_000

/** The time left until a deadline; words carry the meaning, colour only repeats it. */
export function Deadline({ deadline }: { deadline: string | null }) {
  if (deadline) return <TimeLeft deadline={deadline} />
  return (
    <Text span size="sm" c="dimmed">
      no deadline
    </Text>
  )
}

function TimeLeft({ deadline }: { deadline: string }) {
  const due = new Date(deadline).getTime()
  const text = useTimely((now) => showRemaining(deadline, now))
  const color = useTimely((now) => (due < now ? 'red' : due - now < soonMs ? 'orange' : 'gray'))
  return (
    <Tooltip label={showExactly(deadline)}>
      <Badge color={color} variant={color === 'gray' ? 'light' : 'filled'} tt="none" miw="max-content">
        {text}
      </Badge>
    </Tooltip>
  )
}
