import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { ProblemError } from '../api/client.ts'
import { useAction } from '../api/queries.ts'
import type { ActionName, CaseDetail, Correction, OrderView, Person } from '../api/types.ts'
import { showRole } from '../text/format.ts'
import { CorrectionFields } from './CorrectionFields.tsx'

const buttons: Record<ActionName, { label: string; color: string; variant: string }> = {
  approve: { label: 'Approve', color: 'teal', variant: 'filled' },
  correct: { label: 'Correct', color: 'blue', variant: 'filled' },
  reject: { label: 'Reject', color: 'red', variant: 'outline' },
  stop: { label: 'Stop order', color: 'red', variant: 'filled' },
}

type Props = { one: CaseDetail; view: OrderView; person: Person | null }

/** What the person signed in may do about the case; who may, when it is not them. */
export function ActionPanel({ one, view, person }: Props) {
  const [chosen, setChosen] = useState<ActionName | null>(null)
  if (!person) return <Text size="sm">Sign in as somebody of {showRole(one.decider)} to decide.</Text>
  if (!one.mayAct) {
    return (
      <Text size="sm">
        {showRole(one.decider)} decides; you are signed in as {person.name} (
        {person.roles.map(showRole).join(', ')}).
      </Text>
    )
  }
  const allowed = one.actions
    .map((action) => action.toLowerCase())
    .filter((action) => action in buttons) as ActionName[]
  if (chosen)
    return <ActionForm key={chosen} action={chosen} one={one} view={view} onClose={() => setChosen(null)} />
  return (
    <Group gap="xs">
      {allowed.map((action) => (
        <Button
          key={action}
          size="sm"
          color={buttons[action].color}
          variant={buttons[action].variant}
          onClick={() => setChosen(action)}
        >
          {buttons[action].label}
        </Button>
      ))}
    </Group>
  )
}

type FormProps = { action: ActionName; one: CaseDetail; view: OrderView; onClose: () => void }

function ActionForm({ action, one, view, onClose }: FormProps) {
  const [commandId] = useState(() => crypto.randomUUID())
  /** The order as it was when the form opened: the decision is bound to it. */
  const [digest] = useState(view.digest)
  const [reason, setReason] = useState('')
  const [corrections, setCorrections] = useState<Correction[]>([])
  const act = useAction(one.caseId, one.orderId)
  const incomplete = reason.trim() === '' || (action === 'correct' && corrections.length === 0)
  const send = () =>
    act.mutate(
      { commandId, action, reason: reason.trim(), digest, ...(action === 'correct' ? { corrections } : {}) },
      {
        onSuccess: (answer) => {
          notifications.show(
            answer.status === 'done'
              ? { color: 'teal', title: one.name, message: `${buttons[action].label}: done.` }
              : {
                  color: 'blue',
                  title: one.name,
                  message: 'Taken; the answer appears here as soon as it is there.',
                },
          )
          onClose()
        },
      },
    )
  return (
    <Stack gap="sm">
      {action === 'correct' && view.order && (
        <CorrectionFields order={view.order} patterns={one.mayCorrect} onChange={setCorrections} />
      )}
      <Textarea
        label="Reason"
        description="Goes into the trail, with your name."
        autosize
        minRows={2}
        required
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {digest !== view.digest && (
        <Alert color="orange" title="The order has changed since you opened this form">
          Close the form, look at what changed, and decide again.
        </Alert>
      )}
      {act.error && <Refused error={act.error} />}
      <Group gap="xs">
        <Button color={buttons[action].color} onClick={send} disabled={incomplete} loading={act.isPending}>
          {buttons[action].label}
        </Button>
        <Button variant="default" onClick={onClose}>
          Back
        </Button>
      </Group>
    </Stack>
  )
}

function Refused({ error }: { error: Error }) {
  const code = error instanceof ProblemError ? error.code : ''
  return (
    <Alert color="red" title={code ? `Not done (${code})` : 'Not done'}>
      {error.message}
    </Alert>
  )
}
