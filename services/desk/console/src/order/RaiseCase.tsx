import type { ExceptionType, OrderView } from '@holdpoint/desk-contract'
import { Button, Checkbox, Group, NativeSelect, Paper, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useRaise } from '../api/act.ts'
import { sessionQuery, typesQuery } from '../api/queries.ts'
import { type Kept, shelf, useDraft } from '../drafts/use-draft.ts'
import { focusOnMount } from '../shell/focus.ts'
import { useLast } from '../shell/last.ts'
import { tellOutcome } from '../shell/tell.ts'
import { sentence, showList, showRole } from '../text/format.ts'
import { focusFirst } from './decision.ts'
import { Refused, Unanswered } from './FormNotes.tsx'
import { correctionsIn, type Edits } from './fields.ts'
import { OptionalFields } from './OptionalFields.tsx'

/** For what no rule has found: whoever is signed in opens a case of the order by hand. */
export function RaiseCase({ view }: { view: OrderView }) {
  const writer = useLast(useQuery(sessionQuery).data?.subject)
  if (!writer || !view.order) return null
  return <Raising key={writer} view={view} writer={writer} />
}

type Props = { view: OrderView; writer: string }

const draftOf = ({ view, writer }: Props) => ({ person: writer, about: view.orderId, action: 'raise' })

function Raising({ view, writer }: Props) {
  const [state, setState] = useState<'new' | 'open' | 'closed'>(() => {
    const kept = shelf.get(draftOf({ view, writer })) as Kept<object> | undefined
    return kept?.isOpen ? 'open' : 'new'
  })
  if (state === 'open') return <RaiseForm view={view} writer={writer} onClose={() => setState('closed')} />
  const isBegun = shelf.get(draftOf({ view, writer })) !== undefined
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
      {isBegun && (
        <Text size="sm" fw={600}>
          You have begun to write one. It is kept in this browser.
        </Text>
      )}
    </Group>
  )
}

function RaiseForm({ view, writer, onClose }: Props & { onClose: () => void }) {
  const types = useQuery(typesQuery).data ?? []
  const { type, kept, raise, isMissing, form, send } = useRaising({ view, writer }, types, onClose)
  const { chosen, reason, edits } = kept.value
  const isWritten = JSON.stringify(kept.value) !== JSON.stringify(emptyRaise)
  const close = (end: () => void) => {
    end()
    onClose()
  }
  return (
    <Paper withBorder p="md">
      <form ref={form} onSubmit={send} aria-label="Raise a case">
        <Stack gap="sm">
          <NativeSelect
            label="What is it?"
            value={type?.type ?? chosen}
            onChange={(event) => kept.change({ chosen: event.currentTarget.value, edits: {} })}
            data={types.map((one) => ({ value: one.type, label: one.name }))}
          />
          {type && <Text size="sm">{describeType(type)}</Text>}
          <OptionalFields
            key={type?.type}
            label="I know the right values"
            order={view.order}
            patterns={type?.mayCorrect ?? []}
            edits={edits}
            onChange={(changed) => kept.change({ edits: changed })}
          />
          <Holds view={view} kept={kept} />
          <Textarea
            label="What is the matter?"
            description="Stays with the case, with your name."
            autosize
            minRows={2}
            maxLength={4_000}
            withAsterisk
            error={isMissing && !reason.trim() ? 'Say what you have found.' : undefined}
            value={reason}
            onChange={(event) => kept.change({ reason: event.currentTarget.value })}
          />
          {raise.error ? (
            <Refused error={raise.error} isExplained={false} />
          ) : (
            raise.unansweredSince !== null && <Unanswered since={raise.unansweredSince} />
          )}
          <Group gap="xs">
            <Button type="submit" loading={raise.isPending}>
              Raise
            </Button>
            <Button variant="default" onClick={() => close(kept.close)} disabled={raise.isPending}>
              Back
            </Button>
            {isWritten && (
              <Button
                variant="default"
                onClick={() => close(kept.clear)}
                disabled={raise.isPending || raise.unansweredSince !== null}
              >
                Throw away
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}

/** What waits for the case; what was released already is called back only by somebody who says so. */
function Holds({ view, kept }: { view: OrderView; kept: ReturnType<typeof useRaising>['kept'] }) {
  const waiting = view.verdicts.filter(({ stage }) => (view.stages[stage] ?? 'WAITING') === 'WAITING')
  if (waiting.length === 0) return null
  return (
    <>
      <Checkbox.Group
        label="What waits for it"
        description="Without a choice, what this sort of case holds and what has not been released yet."
        value={kept.value.holds}
        onChange={(holds) => kept.change({ holds })}
      >
        <Group gap="md" mt={4}>
          {waiting.map(({ stage }) => (
            <Checkbox key={stage} value={stage} label={sentence(stage)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox
        label="Call back what was released already"
        checked={kept.value.recall}
        onChange={(event) => kept.change({ recall: event.currentTarget.checked })}
      />
    </>
  )
}

const emptyRaise = { chosen: 'other', reason: '', edits: {} as Edits, holds: [] as string[], recall: false }

/** What is written in the form, and sending it. */
function useRaising(props: Props, types: readonly ExceptionType[], onDone: () => void) {
  const { view } = props
  const kept = useDraft(draftOf(props), emptyRaise)
  const { chosen, reason, edits, holds, recall } = kept.value
  const [isMissing, setIsMissing] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const type = types.find((one) => one.type === chosen)
  const raise = useRaise(view.orderId, kept, () => {
    kept.clear()
    tellOutcome(type?.name ?? chosen, 'The case is open.')
    onDone()
  })
  useEffect(() => {
    if (!kept.wasKept) focusFirst(form.current)
  }, [kept.wasKept])
  const send = (event: FormEvent) => {
    event.preventDefault()
    setIsMissing(reason.trim() === '')
    if (reason.trim() === '') return form.current?.querySelector('textarea')?.focus()
    const corrections = correctionsIn(view.order, type?.mayCorrect ?? [], edits)
    raise.press({ type: chosen, reason: reason.trim(), corrections, holds, recall })
  }
  return { form, type, kept, isMissing, send, raise }
}

function describeType({ rule, owner, holds }: ExceptionType): string {
  const held = holds.length > 0 ? ` It holds ${showList(holds)}.` : ''
  return `${rule} ${sentence(showRole(owner))} decides.${held}`
}
