import { Alert, Button, Group, List, Paper, Stack, Text, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useBulk } from '../api/act.ts'
import { createAttempts } from '../api/attempt.ts'
import { focusOnMount } from '../shell/focus.ts'
import { tellOutcome, tellProblem } from '../shell/tell.ts'
import { showCount } from '../text/format.ts'
import { type BulkAction, bulkActions, type Chosen, tellOutcomes } from './bulk.ts'

const labels: Record<BulkAction, string> = {
  approve: 'Approve',
  reject: 'Reject',
  stop: 'Stop',
  clear: 'Clear',
  claim: 'Claim',
}

type Props = {
  chosen: Chosen
  /** Forgets the ticks, but for those of the cases named. */
  onKeep: (caseIds: readonly string[]) => void
}

/** The same for every case that is ticked, with one reason; each is answered for itself. */
export function BulkBar({ chosen, onKeep }: Props) {
  const { action, setAction, reason, setReason, isMissing, send, isPending, left } = useBulkForm(
    chosen,
    onKeep,
  )
  return (
    <Paper withBorder p="sm" component="section" aria-label="Ticked cases">
      <Stack gap="sm">
        <Group gap="xs">
          <Text size="sm" fw={600} role="status">
            {showCount(chosen.size, 'case')} ticked
          </Text>
          {bulkActions.map((one) => (
            <Button
              key={one}
              size="xs"
              variant={one === action ? 'outline' : 'default'}
              aria-expanded={one === action}
              disabled={isPending}
              onClick={() => setAction(one === action ? null : one)}
            >
              {labels[one]}
            </Button>
          ))}
          <Button size="xs" variant="subtle" disabled={isPending} onClick={() => onKeep([])}>
            Untick all
          </Button>
        </Group>
        {action && (
          <form onSubmit={send} aria-label={`${labels[action]} ${showCount(chosen.size, 'case')}`}>
            <Stack gap="xs" align="start">
              {action !== 'claim' && (
                <Textarea
                  w="100%"
                  label="Reason"
                  description="The same for each of them; stays with the case, with your name."
                  autosize
                  maxLength={4_000}
                  withAsterisk
                  ref={focusOnMount}
                  error={isMissing && !reason.trim() ? 'Say why, so that others can follow.' : undefined}
                  value={reason}
                  onChange={(event) => setReason(event.currentTarget.value)}
                />
              )}
              <Button
                type="submit"
                size="xs"
                color={action === 'stop' || action === 'reject' ? 'red' : 'teal'}
                loading={isPending}
              >
                {labels[action]} {showCount(chosen.size, 'case')}
              </Button>
            </Stack>
          </form>
        )}
        {left.length > 0 && (
          <Alert color="red" title="Not done">
            <List size="sm">
              {left.map(({ caseId, text }) => (
                <List.Item key={caseId}>{text}</List.Item>
              ))}
            </List>
          </Alert>
        )}
      </Stack>
    </Paper>
  )
}

/** What is chosen and written, and sending it. What was not done stays ticked. */
function useBulkForm(chosen: Chosen, onKeep: Props['onKeep']) {
  const [attempts] = useState(() => createAttempts())
  const [action, setAction] = useState<BulkAction | null>(null)
  const [reason, setReason] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const [left, setLeft] = useState<{ caseId: string; text: string }[]>([])
  const bulk = useBulk()
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!action) return
    const isSaid = action === 'claim' || reason.trim() !== ''
    setIsMissing(!isSaid)
    if (!isSaid) return
    const cases = [...chosen.values()].map(({ caseId, digest }) => ({ caseId, digest }))
    const content = { action, reason: action === 'claim' ? '' : reason.trim(), cases }
    bulk.mutate(
      { ...content, commandId: attempts.idFor(content) },
      {
        onSuccess: ({ outcomes }) => {
          const told = tellOutcomes(outcomes, chosen)
          if (!outcomes.some(({ status }) => status === 'failed')) attempts.answered()
          setLeft(told.left)
          tellOutcome(labels[action], told.summary)
          setAction(null)
          onKeep(told.left.map(({ caseId }) => caseId))
        },
        onError: (error) => tellProblem(labels[action], error),
      },
    )
  }
  return { action, setAction, reason, setReason, isMissing, send, isPending: bulk.isPending, left }
}
