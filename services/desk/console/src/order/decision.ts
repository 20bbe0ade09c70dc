import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useAct } from '../api/act.ts'
import { createAttempts } from '../api/attempt.ts'
import { ProblemError } from '../api/client.ts'
import { orderQuery } from '../api/queries.ts'
import type { ActionName, CaseDetail, OrderView } from '../api/types.ts'
import { tellOutcome } from '../shell/tell.ts'
import { describeOutcome } from './actions.ts'
import { correctionsIn, type Edits } from './fields.ts'

type Wanted = { action: ActionName; one: CaseDetail; view: OrderView; onDone: () => void }

/** What a person writes about a case, bound to the order as they saw it, and sending it. */
export function useDecision({ action, one, view, onDone }: Wanted) {
  const client = useQueryClient()
  const [attempts] = useState(() => createAttempts())
  const [seen, setSeen] = useState(view)
  const [reason, setReason] = useState('')
  const [edits, setEdits] = useState<Edits>({})
  const [missing, setMissing] = useState<'' | 'reason' | 'change'>('')
  const form = useRef<HTMLFormElement>(null)
  const act = useAct(one)
  useEffect(() => focusFirst(form.current), [])

  const send = (event: FormEvent) => {
    event.preventDefault()
    const corrections = action === 'correct' ? correctionsIn(seen.order, one.mayCorrect, edits) : []
    const lacks = action === 'correct' && corrections.length === 0 ? 'change' : reason.trim() ? '' : 'reason'
    setMissing(lacks)
    if (lacks === 'reason') form.current?.querySelector('textarea')?.focus()
    if (lacks) return
    const content = { action, reason: reason.trim(), digest: seen.digest, corrections }
    act.mutate(
      { ...content, commandId: attempts.idFor(content) },
      {
        onSuccess: (answer) => {
          const { cases } = client.getQueryData(orderQuery(one.orderId).queryKey) ?? view
          tellOutcome(one.name, answer.status === 'done' && describeOutcome(answer.case, cases))
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
  return { form, seen, reason, setReason, edits, setEdits, missing, send, lookAgain, act }
}

function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('input, select, textarea')?.focus()
}
