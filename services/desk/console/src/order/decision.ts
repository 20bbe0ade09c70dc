import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useAct } from '../api/act.ts'
import { createAttempts } from '../api/attempt.ts'
import { ProblemError } from '../api/client.ts'
import { orderQuery } from '../api/queries.ts'
import type { ActionName, CaseDetail, OrderView } from '../api/types.ts'
import { tellOutcome } from '../shell/tell.ts'
import { describeOutcome } from './actions.ts'
import { contentOf, type Draft, emptyDraft, type Lack, lackOf } from './draft.ts'

type Wanted = { action: ActionName; one: CaseDetail; view: OrderView; onDone: () => void }

/** What a person writes about a case, bound to the order as they saw it, and sending it. */
export function useDecision({ action, one, view, onDone }: Wanted) {
  const client = useQueryClient()
  const [attempts] = useState(() => createAttempts())
  const [seen, setSeen] = useState(view)
  const [draft, setDraft] = useState<Draft>(emptyDraft)
  const [missing, setMissing] = useState<Lack>('')
  const form = useRef<HTMLFormElement>(null)
  const act = useAct(one)
  useEffect(() => focusFirst(form.current), [])

  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const send = (event: FormEvent) => {
    event.preventDefault()
    const content = contentOf(action, draft, one, seen)
    const lacks = lackOf(action, draft, content.corrections)
    setMissing(lacks)
    if (lacks === 'reason') form.current?.querySelector('textarea')?.focus()
    if (lacks) return
    act.mutate(
      { ...content, commandId: attempts.idFor(content) },
      {
        onSuccess: (answer) => {
          const { cases } = client.getQueryData(orderQuery(one.orderId).queryKey) ?? view
          tellOutcome(one.name, answer.status === 'done' && describeOutcome(action, answer.case, cases))
          onDone()
        },
        onError: (error) => {
          if (error instanceof ProblemError && error.isAnswer) attempts.answered()
        },
      },
    )
  }
  const lookAgain = () => {
    setSeen(view)
    act.reset()
    focusFirst(form.current)
  }
  return { form, seen, draft, change, missing, send, lookAgain, act }
}

/** The first field, or the button of a form without fields. */
export function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('input, select, textarea, button')?.focus()
}
