import type { CaseStatusFilter } from '@holdpoint/desk-contract'
import { Button, Paper, Text } from '@mantine/core'

type Props = { isNarrowed: boolean; status: CaseStatusFilter; onAll: () => void }

const nothing = {
  open: 'Nobody has to decide anything. Orders that follow the rules go straight through; a case appears here by itself.',
  waiting: 'No case waits for an answer.',
  stopped: 'No order is stopped without somebody having said what now.',
  closed: 'No case has been closed yet.',
  all: 'There has been no case yet. Orders that follow the rules go straight through.',
}

/** Why the list is empty, and how to see more when a filter is the reason. */
export function EmptyInbox({ isNarrowed, status, onAll }: Props) {
  return (
    <Paper withBorder p="xl" ta="center">
      {isNarrowed ? (
        <>
          <Text fw={600}>No case matches what you chose</Text>
          <Button mt="sm" variant="default" onClick={onAll}>
            Show every open case
          </Button>
        </>
      ) : (
        <>
          <Text fw={600}>Nothing here</Text>
          <Text c="dimmed">{nothing[status]}</Text>
        </>
      )}
    </Paper>
  )
}
