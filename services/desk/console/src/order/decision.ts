import type { ActionName, CaseDetail, OrderView } from '@holdpoint/desk-contract'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useAct } from '../api/act.ts'
import { orderQuery } from '../api/queries.ts'
import { useDraft } from '../drafts/use-draft.ts'
import { tellOutcome } from '../shell/tell.ts'
import { describeOutcome } from './actions.ts'
import { asSeen, contentOf, type Draft, emptyDraft, isUntouched, type Lack, lackOf } from './draft.ts'

type Wanted = {
  action: ActionName
  one: CaseDetail
  view: OrderView
  /** Subject of who writes. */
  person: string
  onDone: () => void
}

/** What a person writes about a case, bound to the order as they saw it, and sending it. */
export function useDecision({ action, one, view, person, onDone }: Wanted) {
  const client = useQueryClient()
  const kept = useDraft({ person, about: one.caseId, action }, emptyDraft)
  const { value: draft } = kept
  const [seen, setSeen] = useState(() => asSeen(view, draft.seen))
  const [missing, setMissing] = useState<Lack>('')
  const form = useRef<HTMLFormElement>(null)
  const act = useAct(one, kept, (answer) => {
    kept.clear()
    const { cases } = client.getQueryData(orderQuery(one.orderId).queryKey) ?? view
    tellOutcome(one.name, describeOutcome(action, answer.case, cases))
    onDone()
  })
  // What was kept opens by itself, and leaves the reader where they are.
  useEffect(() => {
    if (!kept.wasKept) focusFirst(form.current)
  }, [kept.wasKept])

  const remember = ({ digest, revision }: OrderView): Pick<Draft, 'seen'> => ({ seen: { digest, revision } })
  const change = (part: Partial<Draft>) => kept.change({ ...part, ...remember(seen) })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const content = contentOf(action, draft, one, seen)
    const lacks = lackOf(action, draft, content.corrections)
    setMissing(lacks)
    if (lacks === 'reason') form.current?.querySelector('textarea')?.focus()
    if (lacks) return
    kept.change(remember(seen))
    act.press(content)
  }
  const lookAgain = () => {
    setSeen(view)
    kept.change(remember(view))
    act.reset()
    focusFirst(form.current)
  }
  const isWritten = !isUntouched(draft)
  return { form, seen, draft, change, missing, send, lookAgain, act, kept, isWritten }
}

/** The first field, or the button of a form without fields. */
export function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('input, select, textarea, button')?.focus()
}
