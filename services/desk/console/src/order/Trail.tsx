import { Paper, Text, Timeline, Title } from '@mantine/core'
import type { OrderView } from '../api/types.ts'
import { showExactly, showMoment } from '../text/format.ts'
import { trailOf } from './trail.ts'

/** Who changed what and why, the newest first. */
export function Trail({ view }: { view: OrderView }) {
  const steps = trailOf(view)
  return (
    <Paper withBorder p="md" component="section" aria-label="Trail">
      <Title order={3} size="h5" mb="sm">
        What happened
      </Title>
      <Timeline bulletSize={12} lineWidth={2} active={steps.length}>
        {steps.map((step) => (
          <Timeline.Item key={step.key} mt="xs" title={<Text size="sm">{step.what}</Text>}>
            {step.details.map((detail) => (
              <Text size="sm" key={detail} style={{ overflowWrap: 'anywhere' }}>
                {detail}
              </Text>
            ))}
            <Text size="xs" c="dimmed" title={showExactly(step.at)}>
              {showMoment(step.at)} · {step.who}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Paper>
  )
}
