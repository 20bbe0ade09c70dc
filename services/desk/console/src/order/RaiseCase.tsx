import { Button, Checkbox, Group, NativeSelect, Paper, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useRaise } from '../api/act.ts'
import { createAttempts } from '../api/attempt.ts'
import { ProblemError } from '../api/client.ts'
import { sessionQuery, typesQuery } from '../api/queries.ts'
import type { ExceptionType, OrderView } from '../api/types.ts'
import { focusOnMount } from '../shell/focus.ts'
import { tellOutcome } from '../shell/tell.ts'
import { sentence, showList, showRole } from '../text/format.ts'
import { focusFirst } from './decision.ts'
import { Refused } from './FormNotes.tsx'
import { correctionsIn, type Edits } from './fields.ts'
import { OptionalFields } from './OptionalFields.tsx'

/** For what no rule has found: whoever is signed in opens a case of the order by hand. */
export function RaiseCase({ view }: { view: OrderView }) {
  const person = useQuery(sessionQuery).data
  const [state, setState] = useState<'new' | 'open' | 'closed'>('new')
  if (!person || !view.order) return null
  if (state === 'open') return <RaiseForm view={view} onClose={() => setState('closed')} />
  return (
    <Group>
      <Button
        size="xs"
        variant="default"
        ref={state === 'closed' ? focusOnMount : undefined}
        onClick={() => setState('open')}
      >
        Raise a case
      </Button>
    </Group>
  )
}

function RaiseForm({ view, onClose }: { view: OrderView; onClose: () => void }) {
  const types = useQuery(typesQuery).data ?? []
  const raising = useRaising(view, types, onClose)
  const { type, raise } = raising
  return (
    <Paper withBorder p="md">
      <form ref={raising.form} onSubmit={raising.send} aria-label="Raise a case">
        <Stack gap="sm">
          <NativeSelect
            label="What is it?"
            value={type?.type ?? ''}
            onChange={(event) => raising.choose(event.currentTarget.value)}
            data={types.map((one) => ({ value: one.type, label: one.name }))}
          />
          {type && <Text size="sm">{describeType(type)}</Text>}
          <OptionalFields
            key={type?.type}
            label="I know the right values"
            order={view.order}
            patterns={type?.mayCorrect ?? []}
            edits={raising.edits}
            onChange={raising.setEdits}
          />
          <Holds view={view} raising={raising} />
          <Textarea
            label="What is the matter?"
            description="Stays with the case, with your name."
            autosize
            minRows={2}
            maxLength={4_000}
            withAsterisk
            error={raising.isMissing && !raising.reason.trim() ? 'Say what you have found.' : undefined}
            value={raising.reason}
            onChange={(event) => raising.setReason(event.currentTarget.value)}
          />
          {raise.error && <Refused error={raise.error} isExplained={false} />}
          <Group gap="xs">
            <Button type="submit" loading={raise.isPending}>
              Raise
            </Button>
            <Button variant="default" onClick={onClose} disabled={raise.isPending}>
              Back
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}

/** What waits for the case; what was released already is called back only by somebody who says so. */
function Holds({ view, raising }: { view: OrderView; raising: ReturnType<typeof useRaising> }) {
  const waiting = view.verdicts.filter(({ stage }) => (view.stages[stage] ?? 'WAITING') === 'WAITING')
  if (waiting.length === 0) return null
  return (
    <>
      <Checkbox.Group
        label="What waits for it"
        description="Without a choice, what this sort of case holds and what has not been released yet."
        value={raising.holds}
        onChange={raising.setHolds}
      >
        <Group gap="md" mt={4}>
          {waiting.map(({ stage }) => (
            <Checkbox key={stage} value={stage} label={sentence(stage)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox
        label="Call back what was released already"
        checked={raising.recall}
        onChange={(event) => raising.setRecall(event.currentTarget.checked)}
      />
    </>
  )
}

/** What is written in the form, and sending it. */
function useRaising(view: OrderView, types: readonly ExceptionType[], onDone: () => void) {
  const [attempts] = useState(() => createAttempts())
  const [chosen, setChosen] = useState('other')
  const [reason, setReason] = useState('')
  const [edits, setEdits] = useState<Edits>({})
  const [holds, setHolds] = useState<string[]>([])
  const [recall, setRecall] = useState(false)
  const [isMissing, setIsMissing] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const raise = useRaise(view.orderId)
  const type = types.find((one) => one.type === chosen)
  useEffect(() => focusFirst(form.current), [])
  const choose = (name: string) => {
    setChosen(name)
    setEdits({})
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    setIsMissing(reason.trim() === '')
    if (reason.trim() === '') return form.current?.querySelector('textarea')?.focus()
    const corrections = correctionsIn(view.order, type?.mayCorrect ?? [], edits)
    const content = { type: chosen, reason: reason.trim(), corrections, holds, recall }
    raise.mutate(
      { ...content, commandId: attempts.idFor(content) },
      {
        onSuccess: (answer) => {
          tellOutcome(type?.name ?? chosen, answer.status === 'done' && 'The case is open.')
          onDone()
        },
        onError: (error) => {
          if (error instanceof ProblemError && error.isAnswer) attempts.answered()
        },
      },
    )
  }
  const held = { holds, setHolds, recall, setRecall }
  return { form, type, choose, reason, setReason, edits, setEdits, ...held, isMissing, send, raise }
}

function describeType({ rule, owner, holds }: ExceptionType): string {
  const held = holds.length > 0 ? ` It holds ${showList(holds)}.` : ''
  return `${rule} ${sentence(showRole(owner))} decides.${held}`
}
