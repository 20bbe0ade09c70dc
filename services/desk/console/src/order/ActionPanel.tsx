import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { ActionName, CaseDetail, OrderView, Person } from '../api/types.ts'
import { focusOnMount } from '../shell/focus.ts'
import { sentence, showRole } from '../text/format.ts'
import { useRoleNames } from '../text/people.ts'
import { ActionForm } from './ActionForm.tsx'
import { actionLabels, actionsOf } from './actions.ts'

const looks: Record<ActionName, { color: string; variant: string }> = {
  approve: { color: 'teal', variant: 'filled' },
  correct: { color: 'teal', variant: 'filled' },
  reject: { color: 'red', variant: 'outline' },
  stop: { color: 'red', variant: 'outline' },
}

type Props = {
  one: CaseDetail
  view: OrderView
  person: Person | null
  onWork: (work: 'none' | 'writing' | 'decided') => void
}

/** What the person signed in may do about the case; who may, when it is not them. An open form stays in any case. */
export function ActionPanel({ one, view, person, onWork }: Props) {
  const [chosen, setChosen] = useState<ActionName | null>(null)
  const [lastChosen, setLastChosen] = useState<ActionName | null>(null)
  const choose = (action: ActionName) => {
    setChosen(action)
    setLastChosen(action)
    onWork('writing')
  }
  const close = (work: 'none' | 'decided') => {
    setChosen(null)
    onWork(work)
  }
  if (chosen)
    return (
      <ActionForm
        action={chosen}
        one={one}
        view={view}
        color={looks[chosen].color}
        onBack={() => close('none')}
        onDone={() => close('decided')}
      />
    )
  if (!person || !one.mayAct) return <WhoDecides one={one} view={view} person={person} />
  const actions = actionsOf(one)
  const tooLate = actions.includes('correct') && startedStage(one, view)
  return (
    <Stack gap={4}>
      <Group gap="xs" role="group" aria-label={`Decide: ${one.name}`}>
        {actions.map((action, index) => (
          <Button
            key={action}
            size="sm"
            color={looks[action].color}
            variant={index === 0 ? 'filled' : 'outline'}
            disabled={action === 'correct' && tooLate}
            ref={action === lastChosen ? focusOnMount : undefined}
            onClick={() => choose(action)}
          >
            {actionLabels[action]}
          </Button>
        ))}
      </Group>
      {tooLate && <Text size="sm">Too late to correct: {one.correctUntil} has started.</Text>}
    </Stack>
  )
}

const startedStage = (one: CaseDetail, view: OrderView): boolean =>
  ['STARTED', 'DONE'].includes(view.stages[one.correctUntil] ?? '')

function WhoDecides({ one, view, person }: Omit<Props, 'onWork'>) {
  const roleNames = useRoleNames()
  const deciders = [one.owner, ...(one.level > 0 && one.decider !== one.owner ? [one.decider] : [])]
  const who = sentence(deciders.map(roleNames).join(' or '))
  const asked = view.requests.find(({ request }) => request.requestId === one.requestId)?.request.by
  if (!person) return <Text size="sm">{who} decides. Sign in to decide.</Text>
  if (asked === person.subject && one.requestId)
    return <Text size="sm">You asked for this yourself, so somebody else decides it: {who}.</Text>
  return (
    <Text size="sm">
      {who} decides. You are signed in as {person.name} ({person.roles.map(showRole).join(', ')}).
    </Text>
  )
}
