import type { CommandAnswer, CommandDone } from '@holdpoint/desk-contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Sending } from '../drafts/use-draft.ts'
import { type Attempt, attemptOf, isOvertaken } from './attempt.ts'
import { call, isFinal, ProblemError } from './client.ts'
import { sessionQuery } from './queries.ts'

const askAgainMs = 2_000

/** A command on its way: what a form shows of it. */
export interface CommandState<Content> {
  press(content: Content): void
  /** The button was pressed, and nothing is known yet. */
  isPending: boolean
  /** When it was sent that is not answered yet, milliseconds UTC; null for nothing. It is asked for by itself. */
  unansweredSince: number | null
  /** Why it was not done, or why that is not known. */
  error: Error | null
  /** Forgets the error. */
  reset(): void
}

/**
 * Sends the command of a form. It keeps its id until the desk has answered, over reloads too, and its answer is asked
 * for until it is there. `onDone` is called also when the form is gone by then.
 */
export function useCommand<Content>(
  sending: Sending,
  send: (content: Content, commandId: string) => Promise<CommandAnswer>,
  onDone: (answer: CommandDone) => Promise<void> | void,
): CommandState<Content> {
  const { attempt, attempting } = sending
  const [problem, setProblem] = useState<Error | null>(null)
  const [isLost, setIsLost] = useState(false)
  const endOfSession = useEndOfSession()
  const refused = (error: Error) => {
    if (isFinal(error)) attempting(null)
    setProblem(error)
    endOfSession(error)
  }
  const posting = useMutation({
    mutationFn: async (content: Content) => {
      const earlier = isOvertaken(attempt, content) ? await settled(attempt) : undefined
      if (earlier) return earlier
      const next = attemptOf(attempt, content)
      attempting(next)
      return send(content, next.id)
    },
    onMutate: () => {
      setProblem(null)
      setIsLost(false)
    },
    onSuccess: (answer) => (answer.status === 'done' ? onDone(answer) : undefined),
    onError: refused,
  })
  const isFollowing = attempt !== null && !posting.isPending && !isLost
  const { data, error } = useFollowed(isFollowing ? attempt.id : undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is taken once, when it arrives.
  useEffect(() => {
    if (!isFollowing) return
    if (data?.status === 'done') void onDone(data)
    else if (isUnknown(error)) {
      setIsLost(true)
      // That Kafka was away says more; that no answer came says less.
      setProblem((old) => (old instanceof ProblemError && old.isNotYet ? old : notArrived()))
    } else if (error && isFinal(error)) refused(error)
  }, [data, error, isFollowing])
  return {
    press: posting.mutate,
    isPending: posting.isPending,
    unansweredSince: isFollowing ? attempt.at : null,
    error: problem,
    reset: () => setProblem(null),
  }
}

/** What became of a command, asked again and again while there is no answer. */
function useFollowed(commandId: string | undefined) {
  return useQuery({
    queryKey: ['command', commandId],
    queryFn: () => call<CommandAnswer>('GET', `/commands/${encodeURIComponent(commandId ?? '')}`),
    enabled: commandId !== undefined,
    retry: false,
    gcTime: 0,
    staleTime: 0,
    refetchInterval: ({ state: { data, error } }) =>
      data?.status === 'done' || (error && isFinal(error)) ? false : askAgainMs,
    refetchIntervalInBackground: true,
  })
}

/** The answer to what was sent before, when it was carried out; undefined when it was not. Throws while that is open. */
async function settled({ id }: Attempt): Promise<CommandAnswer | undefined> {
  try {
    const answer = await call<CommandAnswer>('GET', `/commands/${encodeURIComponent(id)}`)
    if (answer.status === 'done') return answer
  } catch (error) {
    if (isFinal(error as Error)) return undefined
    throw error
  }
  throw new ProblemError(
    0,
    'EARLIER_UNANSWERED',
    'What you sent before you changed it is not answered yet. Its answer appears here; press again after it.',
    false,
  )
}

const isUnknown = (error: Error | null): boolean =>
  error instanceof ProblemError && error.isOwn && error.code === 'UNKNOWN_COMMAND'

const notArrived = (): ProblemError =>
  new ProblemError(
    0,
    'NOT_ARRIVED',
    'What you sent has not arrived at the desk. Nothing was done; press again.',
  )

/** A sign-in that has ended shows at once. */
export function useEndOfSession(): (error: Error) => void {
  const client = useQueryClient()
  return (error) => {
    if (error instanceof ProblemError && error.isOwn && error.status === 401)
      client.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
}
