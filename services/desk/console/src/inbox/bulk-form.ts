import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { askForAnswers, sendBulk } from '../api/act.ts'
import { attemptOf } from '../api/attempt.ts'
import { isFinal } from '../api/client.ts'
import { useEndOfSession } from '../api/use-command.ts'
import { useDraft } from '../drafts/use-draft.ts'
import { tellOutcome } from '../shell/tell.ts'
import {
  type BulkAction,
  type Chosen,
  type Followed,
  followed,
  meantBy,
  summarise,
  type Ticked,
  withAnswers,
} from './bulk.ts'

const askAgainMs = 2_000

interface BulkDraft {
  action: BulkAction | null
  reason: string
  ticked: readonly Ticked[]
  /** What was sent last, with what became of each so far. */
  sent: readonly Followed[]
}

const empty: BulkDraft = { action: null, reason: '', ticked: [], sent: [] }

export const bulkLabels: Record<BulkAction, string> = {
  approve: 'Approve',
  clear: 'Clear',
  claim: 'Claim',
  reject: 'Reject',
  stop: 'Stop',
}

export type BulkForm = ReturnType<typeof useBulkForm>

/** What is ticked and written, sending it, and following what was sent to its end; kept over a reload. */
export function useBulkForm(writer: string) {
  const kept = useDraft({ person: writer, about: 'inbox', action: 'many' }, empty)
  const { action, reason, ticked, sent } = kept.value
  const chosen: Chosen = new Map(ticked.map((one) => [one.caseId, one]))
  const [isMissing, setIsMissing] = useState(false)
  const { post, take } = useSending(kept)
  useFollowing(sent, take)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!action) return
    const isSaid = action === 'claim' || reason.trim() !== ''
    setIsMissing(!isSaid)
    if (isSaid)
      post.mutate({ action, reason: action === 'claim' ? '' : reason.trim(), cases: meantBy(action, chosen) })
  }
  return {
    ...{ chosen, action, reason, sent, isMissing, send },
    isPending: post.isPending,
    error: post.error,
    /** Sent, and not answered at all. */
    unansweredSince: post.isPending || sent.length > 0 ? null : (kept.attempt?.at ?? null),
    choose: (next: Chosen) => kept.change({ ticked: [...next.values()] }),
    setAction: (next: BulkAction | null) => kept.change({ action: next }),
    setReason: (text: string) => kept.change({ reason: text }),
    /** What became of the last ones was read. */
    dismiss: () => kept.change({ sent: [] }),
  }
}

interface Bulk {
  action: BulkAction
  reason: string
  cases: Ticked[]
}

/** The key stays the same while one of them may not have been sent: for each case it is the same command again. */
function useSending(kept: ReturnType<typeof useDraft<BulkDraft>>) {
  const client = useQueryClient()
  const endOfSession = useEndOfSession()
  const take = (action: BulkAction, all: Followed[]) => {
    const isOver = all.every(({ status }) => status === 'done' || status === 'refused')
    const isDone = all.every(({ status }) => status === 'done')
    if (isOver) kept.attempting(null)
    if (isDone) tellOutcome(bulkLabels[action], summarise(all))
    kept.change({ sent: isDone ? [] : all })
    client.invalidateQueries({ queryKey: ['cases'] })
  }
  const post = useMutation({
    mutationFn: ({ action, reason, cases }: Bulk) => {
      const attempt = attemptOf(kept.attempt, { action, reason })
      kept.attempting(attempt)
      const seen = cases.map(({ caseId, digest }) => ({ caseId, digest }))
      return sendBulk({ action, reason, cases: seen }, attempt.id)
    },
    onSuccess: ({ outcomes }, { action, cases }) => {
      const all = followed(cases, outcomes)
      // What was refused is ticked anew, with the order as it is then; what was not sent can be sent again as it is.
      const again = all.filter(({ status }) => status === 'failed')
      kept.change({ ticked: again, ...(again.length > 0 ? {} : { action: null, reason: '' }) })
      take(action, all)
    },
    onError: (error) => {
      if (isFinal(error)) kept.attempting(null)
      endOfSession(error)
    },
  })
  return { post, take: (all: Followed[]) => take(kept.value.action ?? 'claim', all) }
}

/** Asks for the answers of those that were pending until each has one. */
function useFollowing(sent: readonly Followed[], take: (all: Followed[]) => void): void {
  const pending = sent.filter(({ status }) => status === 'pending')
  const { data, dataUpdatedAt } = useQuery({
    queryKey: ['answers', pending.map(({ commandId }) => commandId)],
    queryFn: () => askForAnswers(pending.map(({ commandId, caseId }) => ({ commandId, caseId }))),
    enabled: pending.length > 0,
    retry: false,
    gcTime: 0,
    staleTime: 0,
    refetchInterval: askAgainMs,
    refetchIntervalInBackground: true,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is taken once, when it arrives.
  useEffect(() => {
    if (!data || pending.length === 0) return
    const next = withAnswers(sent, data.outcomes)
    if (next.some(({ status }, index) => status !== sent[index]?.status)) take(next)
  }, [dataUpdatedAt])
}
