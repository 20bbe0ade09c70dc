import type { CaseDetail, OrderView } from '@holdpoint/desk-contract'
import { Group, Paper, Text } from '@mantine/core'
import { showCount, showList, showMoment, showRole } from '../text/format.ts'
import { usePersonNames, useRoleNames } from '../text/people.ts'
import { whom } from './actions.ts'
import { describeChange, showExpression, showPath, showValue } from './fields.ts'

/** Why a case is there and whose it is. */
export function CaseFacts({ one, view }: { one: CaseDetail; view: OrderView }) {
  return (
    <>
      <Asked one={one} view={view} />
      <Evidence one={one} />
      <WaitsFor one={one} />
      <Said one={one} />
      <Proposed one={one} />
      <Corrected one={one} />
      <Owners one={one} />
    </>
  )
}

function Owners({ one }: { one: CaseDetail }) {
  const roleNames = useRoleNames()
  const personName = usePersonNames()
  const { by, needed } = one.approvals
  const names = by.length > 0 ? `: ${showList(by.map(({ name }) => name))}` : ''
  return (
    <Group gap="xl" style={{ rowGap: 4 }}>
      <Labelled label="Who has it" text={one.assignee?.name ?? 'nobody is on duty'} />
      <Labelled label="Owner" text={roleNames(one.owner)} />
      {one.level > 0 ? (
        <Labelled label="May decide as well" text={roleNames(one.decider)} />
      ) : (
        <Labelled label="Backup" text={roleNames(one.backup)} />
      )}
      {needed > 1 && <Labelled label="Approved" text={`${by.length} of ${needed}${names}`} />}
      {one.fourEyes && <Labelled label="Values that one person sets" text="are approved by somebody else" />}
      {one.raisedBy && <Labelled label="Raised by" text={personName(one.raisedBy)} />}
      {one.reopened > 0 && <Labelled label="Opened again" text={showCount(one.reopened, 'time')} />}
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
  const request = one.request ?? open?.request
  if (!request || !one.requestId) return null
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

/** What was raised, and the last notes, in the words of those who wrote them. */
function Said({ one }: { one: CaseDetail }) {
  const personName = usePersonNames()
  if (!one.raisedBy && one.notes.length === 0) return null
  return (
    <Paper bg="gray.0" p="sm" className="value">
      {one.raisedBy && (
        <Text size="sm">
          <b>{personName(one.raisedBy)}</b>: {one.openedReason}
        </Text>
      )}
      {one.notes.map(({ by, text, at }) => (
        <Text size="sm" key={`${at} ${by.subject}`}>
          {showMoment(at)}, <b>{by.name || by.subject}</b>: {text}
        </Text>
      ))}
    </Paper>
  )
}

/** The question that the case waits for. */
function WaitsFor({ one: { question } }: { one: CaseDetail }) {
  if (!question) return null
  return (
    <Paper bg="gray.0" p="sm" className="value">
      <Text size="sm" fw={600}>
        Waits for an answer of {whom(question.to)}, until {showMoment(question.answerBy)}:
      </Text>
      <Text size="sm">{question.text}</Text>
    </Paper>
  )
}

/** The values that an approval would set, since somebody has proposed them. */
function Proposed({ one: { proposal } }: { one: CaseDetail }) {
  if (!proposal) return null
  return (
    <Paper bg="gray.0" p="sm" className="value">
      <Text size="sm" fw={600}>
        {proposal.by.name} proposes:
      </Text>
      {proposal.corrections.map(({ path, expected, value }) => (
        <Text size="sm" key={path}>
          {describeChange({ path, from: expected, to: value })}
        </Text>
      ))}
    </Paper>
  )
}

/** What was put right while the case goes on: on its way, or without cure. */
function Corrected({ one: { correction } }: { one: CaseDetail }) {
  if (!correction) return null
  const isUnderWay = correction.state === 'UNDER_WAY'
  return (
    <Paper bg={isUnderWay ? 'gray.0' : 'orange.0'} p="sm" className="value" role="status">
      <Text size="sm" fw={600}>
        {isUnderWay
          ? `What ${correction.by.name} put right is on its way into the order:`
          : `The rule still holds after what ${correction.by.name} put right, so the case goes on:`}
      </Text>
      {correction.corrections.map(({ path, expected, value }) => (
        <Text size="sm" key={path}>
          {describeChange({ path, from: expected, to: value })}
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
