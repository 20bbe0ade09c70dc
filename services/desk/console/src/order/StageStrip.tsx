import { Badge, Group, Paper, Text } from '@mantine/core'
import type { CaseSummary, StageVerdict } from '../api/types.ts'
import { showWord } from '../text/format.ts'

const colors = { PROCEED: 'teal', HOLD: 'orange', STOP: 'red', UNKNOWN: 'gray' } as const
const words = { PROCEED: 'goes on', HOLD: 'on hold', STOP: 'stopped', UNKNOWN: 'unknown' } as const

/** What each stage may do, and which cases keep it. */
export function StageStrip(props: {
  verdicts: StageVerdict[]
  stages: Record<string, string>
  cases: CaseSummary[]
}) {
  if (props.verdicts.length === 0) return <Text c="dimmed">Not decided yet</Text>
  return (
    <Group gap="sm">
      {props.verdicts.map((verdict) => (
        <Paper key={verdict.stage} withBorder px="md" py="xs">
          <Group gap="xs" justify="space-between">
            <Text fw={600}>{showWord(verdict.stage)}</Text>
            <Badge
              color={colors[verdict.verdict]}
              tt="none"
              data-stage={verdict.stage}
              data-verdict={verdict.verdict}
            >
              {words[verdict.verdict]}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed">
            {explain(verdict, props.stages[verdict.stage], props.cases)}
          </Text>
        </Paper>
      ))}
    </Group>
  )
}

function explain(verdict: StageVerdict, state: string | undefined, cases: CaseSummary[]): string {
  const names = verdict.caseIds.map((id) => cases.find((one) => one.caseId === id)?.name ?? id)
  const parts = [`Downstream: ${(state ?? 'WAITING').toLowerCase()}`]
  if (names.length > 0) parts.push(`kept by: ${names.join(', ')}`)
  if (verdict.recall) parts.push('recalled after release')
  if (verdict.tooLate) parts.push('too late: it had already started')
  return parts.join(' · ')
}
