import { Button, Group, Stack, Text } from '@mantine/core'
import type { ActionName, CaseDetail, OrderView } from '../api/types.ts'
import { ActionFields, ReasonField } from './ActionFields.tsx'
import { actionLabels, describeAction, isDecision, needsOpen } from './actions.ts'
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

/** Asks for the reason (and what else the action needs) and sends it; on a no it stays open with what was written. */
export function ActionForm({ action, one, view, color, onBack, onDone }: Props) {
  const { seen, act, draft, missing, ...decision } = useDecision({ action, one, view, onDone })
  const isOver = needsOpen(action) && one.status === 'CLOSED'
  if (isOver && !act.isPending && !act.isSuccess)
    return <Overtaken one={one} reason={draft.reason} onBack={onBack} />
  const isStale = isDecision(action) && seen.digest !== view.digest && !act.isPending
  return (
    <form ref={decision.form} onSubmit={decision.send} aria-label={`${actionLabels[action]}: ${one.name}`}>
      <Stack gap="sm">
        <Text size="sm">{describeAction(action, one)}</Text>
        <ActionFields
          action={action}
          one={one}
          seen={seen}
          draft={draft}
          missing={missing}
          onChange={decision.change}
        />
        <ReasonField
          action={action}
          isMissing={missing === 'reason'}
          reason={draft.reason}
          onChange={(reason) => decision.change({ reason })}
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
