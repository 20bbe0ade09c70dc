import type { CaseSummary } from '@holdpoint/desk-contract'
import { Badge, Text, Tooltip } from '@mantine/core'
import { useTimely } from './clock.ts'
import { dueOf, showExactly, showRemaining } from './format.ts'

const soonMs = 15 * 60_000

/** The time left on an open case, for a decision or for an answer; words carry the meaning, colour only repeats it. */
export function Deadline({ one }: { one: CaseSummary }) {
  const due = dueOf(one)
  if (due) return <TimeLeft {...due} />
  return (
    <Text span size="sm" c="dimmed">
      no deadline
    </Text>
  )
}

function TimeLeft({ at, what }: { at: string; what: string }) {
  const due = new Date(at).getTime()
  const text = useTimely((now) => what + showRemaining(at, now))
  const color = useTimely((now) => (due < now ? 'red' : due - now < soonMs ? 'orange' : 'gray'))
  return (
    <Tooltip label={showExactly(at)}>
      <Badge color={color} variant={color === 'gray' ? 'light' : 'filled'} tt="none" miw="max-content">
        {text}
      </Badge>
    </Tooltip>
  )
}
