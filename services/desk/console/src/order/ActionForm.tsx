import type { ActionName, CaseDetail, OrderView } from '@holdpoint/desk-contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { ActionFields, CustomerField, ReasonField } from './ActionFields.tsx'
import { actionLabels, describeAction, isDecision, needsOpen } from './actions.ts'
import { useDecision } from './decision.ts'
import { withProposal } from './draft.ts'
import { Overtaken, Refused, Stale, Unanswered } from './FormNotes.tsx'
import { isStopping } from './stops.ts'

type Props = {
  action: ActionName
  one: CaseDetail
  view: OrderView
  /** Subject of who writes. */
  person: string
  onBack: () => void
  onDone: () => void
}

/** Asks for the reason (and what else the action needs) and sends it; on a no it stays open with what was written. */
export function ActionForm({ action, one, view: order, person, onBack, onDone }: Props) {
  const view = withProposal(order, one)
  const decision = useDecision({ action, one, view, person, onDone })
  const { seen, act, draft, missing, kept } = decision
  const back = () => {
    kept.close()
    onBack()
  }
  const discard = () => {
    kept.clear()
    onBack()
  }
  const isOver = needsOpen(action) && one.status === 'CLOSED'
  const isOnItsWay = act.isPending || act.unansweredSince !== null
  if (isOver && !isOnItsWay) return <Overtaken one={one} reason={draft.reason} onBack={discard} />
  const hasChanged = seen.digest !== view.digest && !isOnItsWay
  const isStale = isDecision(action) && hasChanged
  return (
    <form ref={decision.form} onSubmit={decision.send} aria-label={`${actionLabels[action]}: ${one.name}`}>
      <Stack gap="sm">
        <Text size="sm" fw={isStopping(action) ? 600 : undefined}>
          {describeAction(action, one, draft.wholeOrder)}
        </Text>
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
        <CustomerField
          action={action}
          words={draft.forCustomer}
          onChange={(forCustomer) => decision.change({ forCustomer })}
        />
        {hasChanged && (isStale || kept.wasKept) && (
          <Stale
            seen={seen}
            view={view}
            proposal={one.proposal}
            isBound={isStale}
            onLook={decision.lookAgain}
          />
        )}
        {act.error ? (
          <Refused error={act.error} isExplained={isStale} />
        ) : (
          act.unansweredSince !== null && <Unanswered since={act.unansweredSince} />
        )}
        <Group gap="xs">
          <Button
            type="submit"
            color={isStopping(action) ? 'red' : 'teal'}
            variant={isStopping(action) ? 'outline' : 'filled'}
            loading={act.isPending}
            disabled={isStale}
          >
            {actionLabels[action]}
          </Button>
          <Button variant="default" onClick={back} disabled={act.isPending}>
            Back
          </Button>
          {decision.isWritten && (
            <Button variant="default" onClick={discard} disabled={isOnItsWay}>
              Throw away
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
