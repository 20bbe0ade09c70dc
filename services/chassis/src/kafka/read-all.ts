import type { TopicName } from '@holdpoint/schemas'
import type { LaneRecord } from '../port.ts'
import { Follower, type FollowerParts } from './follower.ts'

type Step = { records: readonly LaneRecord[]; taken(): void } | 'end' | { error: unknown }

/** Records of whole topics, from the first that they hold to at least the last that they held when reading began. */
export async function* readAll(
  parts: FollowerParts,
  topics: readonly TopicName[],
): AsyncGenerator<LaneRecord, void, undefined> {
  const steps: Step[] = []
  let wake = () => {}
  const add = (step: Step) => {
    steps.push(step)
    wake()
  }
  const follower = new Follower(
    { ...parts, fail: (error) => add({ error }) },
    {
      topics,
      from: () => 0,
      // The next records are handed over when these have been taken, so that little is held in memory.
      onBatch: (_topic, _partition, records) => new Promise((taken) => add({ records, taken })),
      onCaughtUp: () => add('end'),
    },
  )
  try {
    await follower.start()
    for (;;) {
      const step = steps.shift()
      if (!step) await new Promise<void>((resolve) => (wake = resolve))
      else if (step === 'end') return
      else if ('error' in step) throw step.error
      else
        try {
          yield* step.records
        } finally {
          step.taken()
        }
    }
  } finally {
    for (const step of steps) if (typeof step === 'object' && 'taken' in step) step.taken()
    await follower.stop()
  }
}
