import type { ActionName, CaseDetail, OrderView, Person } from '@holdpoint/desk-contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type Kept, shelf } from '../drafts/use-draft.ts'
import { focusOnMount } from '../shell/focus.ts'
import { sentence, showList, showRole } from '../text/format.ts'
import { useRoleNames } from '../text/people.ts'
import { ActionForm } from './ActionForm.tsx'
import { actionLabels, actionsOf, isDecision } from './actions.ts'
import { describeStop } from './stops.ts'

type Props = {
  one: CaseDetail
  view: OrderView
  person: Person | null
  /** Subject of the person who is signed in, or was until a moment ago: whose forms these are. */
  writer: string
  /** What the address asks for, as the link of a message does: it is opened where the person may do it, and never done. */
  wanted?: string | undefined
  onWork: (work: 'none' | 'writing' | 'decided') => void
}

/** What the person signed in may do about the case; who may, when it is not them. An open form stays in any case. */
export function ActionPanel({ one, view, person, writer, wanted, onWork }: Props) {
  const [chosen, setChosen] = useState(
    () => begunOn(writer, one).find(({ isOpen }) => isOpen)?.action ?? null,
  )
  const [lastChosen, setLastChosen] = useState<ActionName | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was open when the page was left opens once.
  useEffect(() => {
    if (chosen) onWork('writing')
  }, [])
  const choose = (action: ActionName) => {
    setChosen(action)
    setLastChosen(action)
    onWork('writing')
  }
  const isOffered = wanted !== undefined && one.mayDo.includes(wanted.toUpperCase())
  const [isOpened, setOpened] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once, as soon as it is known that the person may.
  useEffect(() => {
    if (!isOffered || isOpened) return
    setOpened(true)
    if (!chosen) choose(wanted as ActionName)
  }, [isOffered])
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
        person={writer}
        onBack={() => close('none')}
        onDone={() => close('decided')}
      />
    )
  return (
    <Choices
      one={one}
      view={view}
      person={person}
      begun={begunOn(writer, one).map(({ action }) => action)}
      lastChosen={lastChosen}
      onChoose={choose}
    />
  )
}

/** Forms of this case that the writer has begun, the last first. */
function begunOn(writer: string, { caseId }: CaseDetail): { action: ActionName; isOpen: boolean }[] {
  return shelf.begun(writer, caseId).map(({ action, value }) => ({
    action: action as ActionName,
    isOpen: (value as Kept<object>).isOpen,
  }))
}

type ChoicesProps = Omit<Props, 'writer' | 'onWork' | 'wanted'> & {
  begun: ActionName[]
  lastChosen: ActionName | null
  onChoose: (action: ActionName) => void
}

/** The buttons. What lets a healthy order go on comes first and is filled; what stops it is neither. */
function Choices({ one, view, person, begun, lastChosen, onChoose }: ChoicesProps) {
  const { onward, stopping, around } = actionsOf(one)
  const tooLate = onward.includes('correct') && startedStage(one, view)
  const button = (action: ActionName, look: object) => (
    <Button
      key={action}
      disabled={action === 'correct' && tooLate}
      ref={action === lastChosen ? focusOnMount : undefined}
      onClick={() => onChoose(action)}
      {...look}
    >
      {actionLabels[action]}
    </Button>
  )
  const more = around.length > 0 && (
    <Group key="around" gap="xs" role="group" aria-label={`More on: ${one.name}`}>
      {around.map((action) => button(action, { size: 'xs', variant: 'default' }))}
    </Group>
  )
  const decide = onward.length + stopping.length > 0 && (
    <Group key="decide" gap="xs" role="group" aria-label={`Decide: ${one.name}`}>
      {onward.map((action, index) =>
        button(action, { size: 'sm', color: 'teal', variant: index === 0 ? 'filled' : 'outline' }),
      )}
      {stopping.map((action) => button(action, { size: 'sm', color: 'red', variant: 'outline' }))}
    </Group>
  )
  const mayDecide = [...onward, ...stopping].some(isDecision)
  const goesOn = begun.filter((action) => [...onward, ...stopping, ...around].includes(action))
  return (
    <Stack gap="xs">
      {one.status !== 'CLOSED' && !mayDecide && <WhoDecides one={one} person={person} />}
      {onward.length > 0 ? [decide, more] : [more, decide]}
      {stopping.length > 0 && (
        <Text size="sm" c="dimmed">
          {stopping.map((action) => `${actionLabels[action]}: ${describeStop(action, one)}`).join(' ')}
        </Text>
      )}
      {tooLate && <Text size="sm">Too late to correct: {one.correctUntil} has started.</Text>}
      {goesOn.length > 0 && (
        <Text size="sm" fw={600}>
          You have begun to write: {showList(goesOn.map((action) => actionLabels[action]))}. It is kept in
          this browser.
        </Text>
      )}
    </Stack>
  )
}

const startedStage = (one: CaseDetail, view: OrderView): boolean =>
  ['STARTED', 'DONE'].includes(view.stages[one.correctUntil] ?? '')

function WhoDecides({ one, person }: Pick<Props, 'one' | 'person'>) {
  const roleNames = useRoleNames()
  const who = sentence(one.deciders.map(roleNames).join(' or '))
  if (!person) return <Text size="sm">{who} decides. Sign in to decide.</Text>
  if (one.isOwn)
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
