import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import type { ActionName, CaseDetail, OrderView } from '../api/types.ts'
import { actionLabels, describeAction } from './actions.ts'
import { CorrectionFields } from './CorrectionFields.tsx'
import { useDecision } from './decision.ts'
import { Overtaken, Refused, Stale } from './FormNotes.tsx'

type Props = {
  action: ActionName
  one: CaseDetail
  view: OrderView
  color: string
  onBack: () => void
  onDone: () => void
}

/** Asks for the reason (and the right values) and sends the decision; on a no it stays open with what was written. */
export function ActionForm({ action, one, view, color, onBack, onDone }: Props) {
  const { seen, act, reason, missing, ...decision } = useDecision({ action, one, view, onDone })
  const isOvertaken = one.status === 'CLOSED' && !act.isPending && !act.isSuccess
  if (isOvertaken) return <Overtaken one={one} reason={reason} onBack={onBack} />
  const isStale = seen.digest !== view.digest && !act.isPending
  return (
    <form ref={decision.form} onSubmit={decision.send} aria-label={`${actionLabels[action]}: ${one.name}`}>
      <Stack gap="sm">
        <Text size="sm">{describeAction(action, one)}</Text>
        {action === 'correct' && seen.order && (
          <CorrectionFields
            order={seen.order}
            patterns={one.mayCorrect}
            edits={decision.edits}
            onChange={decision.setEdits}
          />
        )}
        {missing === 'change' && (
          <Text role="alert" c="red.9" size="sm">
            Change at least one value first.
          </Text>
        )}
        <Textarea
          label="Reason"
          description="Stays with the case, with your name."
          autosize
          minRows={2}
          maxLength={4_000}
          withAsterisk
          error={missing === 'reason' && !reason.trim() ? 'Say why, so that others can follow.' : undefined}
          value={reason}
          onChange={(event) => decision.setReason(event.currentTarget.value)}
        />
        {isStale && <Stale seen={seen} view={view} onLook={decision.lookAgain} />}
        {act.error && <Refused error={act.error} isExplained={isStale} />}
        <Group gap="xs">
          <Button type="submit" color={color} loading={act.isPending} disabled={isStale}>
            {actionLabels[action]}
          </Button>
          <Button variant="default" onClick={onBack} disabled={act.isPending}>
            Back
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
