import type { CaseDetail, OrderView } from '@holdpoint/desk-contract'
import { Alert, Badge, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { caseQuery, sessionQuery } from '../api/queries.ts'
import { focusOnMount, goToOnMount } from '../shell/focus.ts'
import { useLast } from '../shell/last.ts'
import { Problem } from '../shell/Problem.tsx'
import { Deadline } from '../text/Deadline.tsx'
import { showWhen, showWord } from '../text/format.ts'
import { ActionPanel } from './ActionPanel.tsx'
import { closedMeanwhile } from './actions.ts'
import { CaseFacts } from './CaseFacts.tsx'
import { showPath, showValue } from './fields.ts'
import { Receipts } from './Receipts.tsx'

type Props = {
  caseId: string
  view: OrderView
  isNamed: boolean
  /** The action that the address asks for. */
  wanted: string | undefined
}

/** One case: its name and rule, why it matched, who decides by when, where the time went, and what may be done. */
export function CaseCard({ caseId, view, isNamed, wanted }: Props) {
  const detail = useQuery(caseQuery(caseId))
  const [work, setWork] = useState<'none' | 'writing' | 'decided'>('none')
  const one = detail.data?.case
  if (!one) {
    if (!detail.error) return <Skeleton height={160} aria-label={`Loading case ${caseId}`} />
    return <Problem what={`Case ${caseId}`} error={detail.error} onRetry={detail.refetch} />
  }
  const isOver = one.status === 'CLOSED' && work !== 'writing'
  return (
    <Paper
      withBorder
      p="md"
      id={caseId}
      component="article"
      aria-label={one.name}
      className={isNamed || work === 'decided' ? 'marked' : ''}
      tabIndex={-1}
      ref={isNamed ? goToOnMount : undefined}
      style={{ scrollMarginTop: 76 }}
    >
      <Stack gap="sm">
        <CaseHead one={one} />
        {work === 'none' && <ClosedMeanwhile text={closedMeanwhile(wanted, one)} />}
        {isOver ? <Outcome one={one} isNew={work === 'decided'} /> : <CaseFacts one={one} view={view} />}
        <Receipts receipts={detail.data?.receipts ?? []} />
        <Actions one={one} view={view} wanted={wanted} onWork={setWork} />
      </Stack>
    </Paper>
  )
}

function CaseHead({ one }: { one: CaseDetail }) {
  return (
    <div>
      <Group justify="space-between" align="start" wrap="nowrap">
        <Title order={3} size="h5">
          {one.name}
        </Title>
        {one.status === 'CLOSED' ? (
          <Badge color={one.outcome === 'STOPPED' || one.outcome === 'REJECTED' ? 'red' : 'teal'} tt="none">
            {one.outcome.toLowerCase()}
          </Badge>
        ) : (
          <Deadline one={one} />
        )}
      </Group>
      <Text size="sm">{one.rule}</Text>
      <Text size="xs" c="dimmed">
        {one.kind.toLowerCase()} · opened {showWhen(one.openedAt)} · {one.caseId}
      </Text>
    </div>
  )
}

function Actions(props: {
  one: CaseDetail
  view: OrderView
  wanted: string | undefined
  onWork: (work: 'none' | 'writing' | 'decided') => void
}) {
  const { data: person = null } = useQuery(sessionQuery)
  const writer = useLast(person?.subject) ?? ''
  return <ActionPanel key={writer} {...props} person={person} writer={writer} />
}

/** Told to screen readers as well: who came by the link came to do something. */
function ClosedMeanwhile({ text }: { text: string }) {
  return text === '' ? null : (
    <Alert color="orange" p="xs" role="status">
      {text}
    </Alert>
  )
}

function Outcome({ one, isNew }: { one: CaseDetail; isNew: boolean }) {
  return (
    <Text size="sm" className="value" tabIndex={-1} ref={isNew ? focusOnMount : undefined}>
      <b>{showWord(one.outcome)}</b> by {one.closedBy}
      {one.closedAt ? `, ${showWhen(one.closedAt)}` : ''}
      {one.closedReason ? `: ${one.closedReason}` : ''}
      {one.granted.map(({ path, asked, given }) => (
        <Text span display="block" size="sm" key={path}>
          {showPath(path)}: {showValue(asked)} was asked for, <b>{showValue(given)}</b> given
        </Text>
      ))}
    </Text>
  )
}
