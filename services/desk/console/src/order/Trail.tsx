import type { OrderView } from '@holdpoint/desk-contract'
import { Button, Paper, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { showCount, showExactly, showWhen } from '../text/format.ts'
import { type Step, trailOf } from './trail.ts'

const shownAtFirst = 20

/** Who changed what and why, the newest first. */
export function Trail({ view }: { view: OrderView }) {
  const [all, setAll] = useState(false)
  const steps = trailOf(view)
  return (
    <Paper withBorder p="md" component="section" aria-label="What happened">
      <Title order={2} size="h4" mb="sm">
        What happened
      </Title>
      <ol className="trail" reversed>
        {(all ? steps : steps.slice(0, shownAtFirst)).map((step) => (
          <TrailStep key={step.key} step={step} />
        ))}
      </ol>
      {steps.length > shownAtFirst && (
        <Button variant="subtle" size="xs" mt="xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show the latest only' : `Show all ${showCount(steps.length, 'step')}`}
        </Button>
      )}
    </Paper>
  )
}

function TrailStep({ step }: { step: Step }) {
  return (
    <li>
      <time dateTime={step.at} title={showExactly(step.at)}>
        {showWhen(step.at)}
      </time>
      <div className="value">
        {step.what}
        {step.who && <Text span size="sm" fw={600}>{` · ${step.who}`}</Text>}
        {step.details.map((detail) => (
          <Text size="sm" c="dimmed" key={detail}>
            {detail}
          </Text>
        ))}
      </div>
    </li>
  )
}
