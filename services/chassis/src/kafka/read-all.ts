import type { TopicName } from '@holdpoint/schemas'
import type { LaneRecord } from '../port.ts'
import { Follower, type FollowerParts } from './follower.ts'

type Step = { records: readonly LaneRecord[]; taken(): void } | 'end' | { error: unknown }

/**
 * Records of whole topics, from the first that they hold (the first that is not before `since`) to at least the last that
 * they held when reading began.
 */
export async function* readAll(
  parts: FollowerParts,
  topics: readonly TopicName[],
  since?: number,
): AsyncGenerator<LaneRecord, void, undefined> {
  const steps: Step[] = []
  // The client may have to join its group again in between; reading then goes on behind what was handed over.
  const next = new Map<string, number>()
  let wake = () => {}
  /** A batch that comes after the end is nobody's: it must not wait to be taken. */
  let ended = false
  const add = (step: Step) => {
    steps.push(step)
    wake()
  }
  const follower = new Follower(
    { ...parts, fail: (error) => add({ error }) },
    {
      topics,
      from: (topic, partition) =>
        next.get(`${topic}-${partition}`) ?? firstOf(parts, topic, partition, since),
      // The next records are handed over when these have been taken, so that little is held in memory.
      onBatch: (topic, partition, records) =>
        new Promise((taken) => {
          if (ended) return taken()
          next.set(`${topic}-${partition}`, (records.at(-1)?.offset ?? -1) + 1)
          add({ records, taken })
        }),
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
    ended = true
    for (const step of steps) if (typeof step === 'object' && 'taken' in step) step.taken()
    await follower.stop()
  }
}

function firstOf(
  { offsets }: FollowerParts,
  topic: TopicName,
  partition: number,
  since: number | undefined,
): Promise<number> | number {
  return since === undefined ? 0 : offsets.firstSince(topic, partition, since)
}
