import type { Instant } from '@holdpoint/schemas'
import { eventSteps } from './event-steps.ts'
import { forgetStep } from './forget-steps.ts'
import { noticeSteps } from './notice-steps.ts'
import { decisionStep, letterSteps, revisionStep } from './order-steps.ts'
import type { StoryRecords } from './records.ts'
import type { Step } from './step.ts'
import { type Stop, stopsOf } from './stops.ts'

export interface Story {
  steps: Step[]
  stops: Stop[]
}

/** What has become of one order from its first event on: every step in order, and where it stopped. */
export function storyOf(records: StoryRecords, now: Instant): Story {
  const steps = [
    ...records.letters.flatMap(letterSteps),
    ...records.revisions.map((revision) => revisionStep(revision, records)),
    ...eventSteps(records),
    ...noticeSteps(records),
    ...records.forgets.map(forgetStep),
    ...records.decisions.map((one, i, all) => decisionStep(one, all[i - 1])),
  ]
  // What happened in the same millisecond keeps this order: what comes of something stands behind it.
  return { steps: steps.sort((a, b) => a.at - b.at), stops: stopsOf(records, now) }
}
