import { z } from 'zod'
import { instant, named, text } from './registry.ts'

const Place = z.object({
  topic: text,
  partition: z.int(),
  offset: z.int(),
  sha256: z
    .string()
    .nullable()
    .describe('Hash of the record as the trail covers it; null for a record that it does not cover'),
})

export const TrailStep = named(
  'TrailStep',
  z.object({
    at: instant,
    kind: z.enum(['came-in', 'case', 'told', 'decided', 'refused', 'forgotten']),
    who: text.describe('Who did it, by name; empty when Holdpoint itself did'),
    text: text.describe('One sentence'),
    details: z.array(text).describe('More sentences that belong to it'),
    caseId: text.describe('Empty when it is about no case'),
    policyVersion: z.int().describe('Policy version that it rests on; 0 for none'),
    records: z.array(Place).describe('The records that say so'),
  }),
)

export const TrailStop = named(
  'TrailStop',
  z.object({
    stage: text,
    from: instant,
    to: instant.nullable().describe('null while it lasts'),
    ms: z.int(),
    caseIds: z.array(text),
    shares: z
      .array(
        z.object({
          whose: z
            .enum(['somebody', 'nobody', 'answer', 'closed', 'holdpoint', 'stopped'])
            .describe(
              'somebody: a person had it in open hours; nobody: it was open and nobody had it; answer: it waited for one; ' +
                'closed: outside of the hours of who decides; holdpoint: what was decided was on its way; stopped: it is not to go on',
            ),
          who: text.describe('Who had it'),
          ms: z.int(),
        }),
      )
      .describe('Whose time it was; they sum up to the whole'),
  }),
)

export const TrailView = named(
  'TrailView',
  z.object({
    orderId: text,
    steps: z.array(TrailStep).describe('Oldest first'),
    stops: z.array(TrailStop).describe('When a stage did not go on'),
  }),
)

export type TrailStep = z.output<typeof TrailStep>
export type TrailStop = z.output<typeof TrailStop>
export type TrailView = z.output<typeof TrailView>
