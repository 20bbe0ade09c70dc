import type { CaseSummary, StageVerdict } from '@holdpoint/desk-contract'
import { Badge, Group, Paper, Text } from '@mantine/core'
import { sentence, showWord } from '../text/format.ts'
import { useRoleNames } from '../text/people.ts'
import { explainVerdict, verdictWords } from './verdicts.ts'

const colors = { PROCEED: 'teal', HOLD: 'orange', STOP: 'red', UNKNOWN: 'gray' } as const

type Props = {
  verdicts: StageVerdict[]
  stages: Record<string, string>
  cases: CaseSummary[]
  cancelled: boolean
}

/** What each stage may do, and why; told to screen readers when it changes. */
export function StageStrip({ verdicts, ...rest }: Props) {
  if (verdicts.length === 0) return <Text c="dimmed">Not decided yet.</Text>
  return (
    <Group gap="sm" align="stretch" component="section" aria-label="Stages" aria-live="polite">
      {verdicts.map((verdict) => (
        <Stage key={verdict.stage} verdict={verdict} {...rest} />
      ))}
    </Group>
  )
}

function Stage({ verdict, stages, cases, cancelled }: Omit<Props, 'verdicts'> & { verdict: StageVerdict }) {
  const roleNames = useRoleNames()
  const { warning, reasons } = explainVerdict(verdict, stages[verdict.stage], cases, cancelled)
  return (
    <Paper withBorder px="md" py="xs" maw={420} style={{ flex: '1 1 15rem' }}>
      <Group gap="xs" justify="space-between">
        <Text fw={600}>{sentence(verdict.stage)}</Text>
        <Badge
          color={colors[verdict.verdict]}
          tt="none"
          data-stage={verdict.stage}
          data-verdict={verdict.verdict}
        >
          {verdictWords[verdict.verdict]}
        </Badge>
      </Group>
      {warning && (
        <Text size="sm" fw={600} c="red.9">
          {warning}
        </Text>
      )}
      {reasons.map(({ text, role, outcome }) => (
        <Text key={text} size="sm" c="dimmed">
          {text}
          {role && `: ${roleNames(role)} decides`}
          {outcome && `: ${showWord(outcome).toLowerCase()}`}
        </Text>
      ))}
    </Paper>
  )
}
