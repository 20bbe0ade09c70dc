import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { ActionName, CaseDetail, OrderView, Person } from '../api/types.ts'
import { focusOnMount } from '../shell/focus.ts'
import { sentence, showRole } from '../text/format.ts'
import { useRoleNames } from '../text/people.ts'
import { ActionForm } from './ActionForm.tsx'
import { actionLabels, actionsOf, decidersOf, isDecision } from './actions.ts'

const colorOf = (action: ActionName): string => (action === 'reject' || action === 'stop' ? 'red' : 'teal')

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
        color={colorOf(chosen)}
        onBack={() => close('none')}
        onDone={() => close('decided')}
      />
    )
  const { main, around } = actionsOf(one)
  const tooLate = main.includes('correct') && startedStage(one, view)
  const focusOf = (action: ActionName) => (action === lastChosen ? focusOnMount : undefined)
  return (
    <Stack gap="xs">
      {one.status !== 'CLOSED' && !main.some(isDecision) && (
        <WhoDecides one={one} view={view} person={person} />
      )}
      {main.length > 0 && (
        <Group gap="xs" role="group" aria-label={`Decide: ${one.name}`}>
          {main.map((action, index) => (
            <Button
              key={action}
              size="sm"
              color={colorOf(action)}
              variant={index === 0 ? 'filled' : 'outline'}
              disabled={action === 'correct' && tooLate}
              ref={focusOf(action)}
              onClick={() => choose(action)}
            >
              {actionLabels[action]}
            </Button>
          ))}
        </Group>
      )}
      {tooLate && <Text size="sm">Too late to correct: {one.correctUntil} has started.</Text>}
      {around.length > 0 && (
        <Group gap="xs" role="group" aria-label={`More on: ${one.name}`}>
          {around.map((action) => (
            <Button
              key={action}
              size="xs"
              variant="default"
              ref={focusOf(action)}
              onClick={() => choose(action)}
            >
              {actionLabels[action]}
            </Button>
          ))}
        </Group>
      )}
    </Stack>
  )
}

const startedStage = (one: CaseDetail, view: OrderView): boolean =>
  ['STARTED', 'DONE'].includes(view.stages[one.correctUntil] ?? '')

function WhoDecides({ one, view, person }: Omit<Props, 'onWork'>) {
  const roleNames = useRoleNames()
  const who = sentence(decidersOf(one).map(roleNames).join(' or '))
  const asked = view.requests.find(({ request }) => request.requestId === one.requestId)?.request.by
  if (!person) return <Text size="sm">{who} decides. Sign in to decide.</Text>
  if ((asked === person.subject && one.requestId) || one.raisedBy === person.subject)
    return (
      <Text size="sm">
        You {one.raisedBy ? 'raised' : 'asked for'} this yourself, so somebody else decides it: {who}.
      </Text>
    )
  return (
    <Text size="sm">
      {who} decides. You are signed in as {person.name} ({person.roles.map(showRole).join(', ')}).
    </Text>
  )
}
