import { Alert, Button, Group, List, Paper, Stack, Text, Textarea } from '@mantine/core'
import { Unanswered } from '../order/FormNotes.tsx'
import { isStopping } from '../order/stops.ts'
import { focusOnMount } from '../shell/focus.ts'
import { showCount } from '../text/format.ts'
import { type BulkAction, bulkActions, describeMany, meantBy, notDone, summarise } from './bulk.ts'
import { type BulkForm, bulkLabels } from './bulk-form.ts'

/** The same for every case that is ticked, with one reason; each is answered for itself. */
export function BulkBar({ bulk }: { bulk: BulkForm }) {
  const { chosen, action, sent } = bulk
  if (chosen.size === 0 && sent.length === 0) return null
  return (
    <Paper withBorder p="sm" component="section" aria-label="Ticked cases">
      <Stack gap="sm">
        {chosen.size > 0 && <Choices bulk={bulk} />}
        {chosen.size > 0 && action && <BulkReason bulk={bulk} action={action} />}
        {bulk.error && (
          <Alert color="red" title="Not known, or not done">
            {bulk.error.message}
          </Alert>
        )}
        {!bulk.error && bulk.unansweredSince !== null && <Unanswered since={bulk.unansweredSince} />}
        {sent.length > 0 && <Sent bulk={bulk} />}
      </Stack>
    </Paper>
  )
}

function Choices({ bulk }: { bulk: BulkForm }) {
  const { chosen, action, isPending } = bulk
  return (
    <Group gap="xs">
      <Text size="sm" fw={600} role="status">
        {showCount(chosen.size, 'case')} ticked
      </Text>
      {bulkActions.map((one) => {
        const meant = meantBy(one, chosen).length
        return (
          <Button
            key={one}
            size="xs"
            variant={one === action ? 'outline' : 'default'}
            aria-expanded={one === action}
            disabled={isPending || meant === 0}
            onClick={() => bulk.setAction(one === action ? null : one)}
          >
            {bulkLabels[one]}
            {meant > 0 && meant < chosen.size && ` ${meant}`}
          </Button>
        )
      })}
      <Button size="xs" variant="subtle" disabled={isPending} onClick={() => bulk.choose(new Map())}>
        Untick all
      </Button>
    </Group>
  )
}

function BulkReason({ bulk, action }: { bulk: BulkForm; action: BulkAction }) {
  const { chosen, reason, isMissing, isPending, send } = bulk
  const meant = meantBy(action, chosen)
  const others = chosen.size - meant.length
  return (
    <form onSubmit={send} aria-label={`${bulkLabels[action]} ${showCount(meant.length, 'case')}`}>
      <Stack gap="xs" align="start">
        {isStopping(action) && (
          <Text size="sm" fw={600}>
            {describeMany(action, meant)}
          </Text>
        )}
        {others > 0 && (
          <Text size="sm">
            {showCount(others, 'ticked case')} cannot be done so by you, and {others === 1 ? 'is' : 'are'}{' '}
            left as before.
          </Text>
        )}
        {action !== 'claim' && (
          <Textarea
            w="100%"
            label="Reason"
            description="The same for each of them; stays with the case, with your name."
            autosize
            maxLength={4_000}
            withAsterisk
            ref={focusOnMount}
            error={isMissing && !reason.trim() ? 'Say why, so that others can follow.' : undefined}
            value={reason}
            onChange={(event) => bulk.setReason(event.currentTarget.value)}
          />
        )}
        <Button
          type="submit"
          size="xs"
          color={isStopping(action) ? 'red' : 'teal'}
          variant={isStopping(action) ? 'outline' : 'filled'}
          loading={isPending}
          disabled={meant.length === 0}
        >
          {bulkLabels[action]} {showCount(meant.length, 'case')}
        </Button>
      </Stack>
    </form>
  )
}

/** What became of those that were sent last: what waits for its answer, and what was not done, by reason. */
function Sent({ bulk: { sent, dismiss } }: { bulk: BulkForm }) {
  const isWaiting = sent.some(({ status }) => status === 'pending')
  const groups = notDone(sent)
  return (
    <>
      <Group gap="xs">
        <Text size="sm" fw={600} role="status">
          {summarise(sent)}
        </Text>
        {!isWaiting && (
          <Button size="xs" variant="default" onClick={dismiss}>
            I have read it
          </Button>
        )}
      </Group>
      {groups.map(({ reason, cases }) => (
        <Alert key={reason} color="red" title={`${showCount(cases.length, 'case')} not done`}>
          <Text size="sm" className="value">
            {reason}
          </Text>
          <List size="sm">
            {cases.map(({ caseId, orderId, name }) => (
              <List.Item key={caseId}>
                {name}, {orderId}
              </List.Item>
            ))}
          </List>
        </Alert>
      ))}
    </>
  )
}
