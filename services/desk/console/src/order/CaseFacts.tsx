import { Group, Paper, Text } from '@mantine/core'
import type { CaseDetail, OrderView } from '../api/types.ts'
import { showList, showRole } from '../text/format.ts'
import { usePersonNames, useRoleNames } from '../text/people.ts'
import { showExpression, showPath, showValue } from './fields.ts'

/** Why a case is there and whose it is. */
export function CaseFacts({ one, view }: { one: CaseDetail; view: OrderView }) {
  return (
    <>
      <Asked one={one} view={view} />
      <Evidence one={one} />
      <Owners one={one} />
    </>
  )
}

function Owners({ one }: { one: CaseDetail }) {
  const roleNames = useRoleNames()
  return (
    <Group gap="xl" style={{ rowGap: 4 }}>
      <Labelled label="Owner" text={roleNames(one.owner)} />
      {one.level > 0 ? (
        <Labelled label="May decide as well, since the deadline passed" text={roleNames(one.decider)} />
      ) : (
        <Labelled label="Backup" text={roleNames(one.backup)} />
      )}
      <Labelled label="Holds" text={one.holds.length > 0 ? showList(one.holds) : 'nothing'} />
    </Group>
  )
}

function Labelled({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm">{text}</Text>
    </div>
  )
}

/** What somebody asks for, and what approving it would change. */
function Asked({ one, view }: { one: CaseDetail; view: OrderView }) {
  const personName = usePersonNames()
  const open = view.requests.find((candidate) => candidate.request.requestId === one.requestId)
  if (!open || !one.requestId) return null
  const { request } = open
  return (
    <Paper bg="gray.0" p="sm" className="value">
      <Text size="sm" fw={600}>
        {personName(request.by)} ({showRole(request.role)}) asks:
      </Text>
      <Text size="sm">{request.text || showRole(request.kind)}</Text>
      {request.proposes.map((proposal) => (
        <Text size="sm" key={proposal.path}>
          {showPath(proposal.path)} becomes <b>{showValue(proposal.value)}</b>
        </Text>
      ))}
    </Paper>
  )
}

/** The values that made the rule match. */
function Evidence({ one }: { one: CaseDetail }) {
  const parts = one.evidence.filter((part) => !(one.requestId && part.expression === 'request.kind'))
  if (parts.length === 0) return null
  return (
    <dl className="facts" aria-label="Why">
      {parts.map(({ expression, value }) => (
        <div key={expression} style={{ display: 'contents' }}>
          <dt title={expression}>{showExpression(expression) ?? <code>{expression}</code>}</dt>
          <dd className="value">{showValue(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
