import type { CaseDetail, OrderView, Proposal } from '@holdpoint/desk-contract'
import { Alert, Button, Stack, Text } from '@mantine/core'
import { ProblemError } from '../api/client.ts'
import { focusOnMount } from '../shell/focus.ts'
import { showWhen, showWord } from '../text/format.ts'
import { proposedIn } from './draft.ts'
import { describeChange } from './fields.ts'

/** The order, or what is proposed, is not any more what the person looked at: what changed, and a way to go on. */
export function Stale(props: {
  seen: OrderView
  view: OrderView
  proposal: Proposal | null
  /** What is written counts only for the order as it was seen. */
  isBound: boolean
  onLook: () => void
}) {
  const { seen, view, proposal, isBound, onLook } = props
  const changes = view.revisions.filter((one) => one.revision > seen.revision).flatMap((one) => one.changes)
  const isProposed = proposedIn(seen.digest) !== proposedIn(view.digest)
  const proposed = isProposed ? (proposal?.corrections ?? []) : []
  const what = changes.length === 0 && isProposed ? 'What is proposed' : 'The order'
  return (
    <Alert color="orange" title={`${what} has changed while you were writing`}>
      <Stack gap={4} align="start">
        {changes.map((change) => (
          <Text size="sm" key={`${change.path} ${change.to}`} className="value">
            {describeChange(change)} (by {change.by})
          </Text>
        ))}
        {isProposed && (
          <Text size="sm">
            {proposal ? `${proposal.by.name} proposes:` : 'What was proposed waits for nobody any more.'}
          </Text>
        )}
        {proposed.map(({ path, expected, value }) => (
          <Text size="sm" key={path} className="value">
            {describeChange({ path, from: expected, to: value })}
          </Text>
        ))}
        <Text size="sm">Nothing of yours was lost. {isBound && 'Decide with the order as it is now:'}</Text>
        <Button size="xs" color="orange" onClick={onLook}>
          I have seen the change
        </Button>
      </Stack>
    </Alert>
  )
}

/** Somebody else, or a correction, has ended the case in the meantime. */
export function Overtaken({ one, reason, onBack }: { one: CaseDetail; reason: string; onBack: () => void }) {
  return (
    <Alert color="orange" title="This case was closed while you were writing">
      <Stack gap={4} align="start">
        <Text size="sm" className="value">
          {showWord(one.outcome)} by {one.closedBy}
          {one.closedReason ? `: ${one.closedReason}` : ''}
        </Text>
        <Text size="sm">Your decision was not sent.</Text>
        {reason && (
          <Text size="sm" className="value">
            You had written: {reason}
          </Text>
        )}
        <Button size="xs" color="orange" onClick={onBack} ref={focusOnMount}>
          Close the form
        </Button>
      </Stack>
    </Alert>
  )
}

/** It was sent, and the desk has not said yet what became of it. */
export function Unanswered({ since }: { since: number }) {
  return (
    <Alert color="blue" title="Not answered yet" role="status">
      Sent {showWhen(new Date(since).toISOString())}. The answer appears here by itself, also when you come
      back later. Pressing again does it only once.
    </Alert>
  )
}

/** `isExplained`: the note about the changed order says it already. */
export function Refused({ error, isExplained }: { error: Error; isExplained: boolean }) {
  const problem = error instanceof ProblemError ? error : undefined
  if (problem?.code === 'STALE_VIEW' && isExplained) return null
  const message =
    problem?.isOwn && problem.status === 401
      ? 'Your sign-in has ended. Sign in again at the top; what you wrote stays here.'
      : error.message
  return (
    <Alert color="red" title={titleOf(problem)}>
      {message}{' '}
      <Text span size="xs">
        ({problem?.code ?? error.name})
      </Text>
    </Alert>
  )
}

function titleOf(problem: ProblemError | undefined): string {
  if (problem?.isAnswer || problem?.code === 'NOT_ARRIVED') return 'Not done'
  return problem?.isNotYet ? 'Not done yet' : 'No answer'
}
