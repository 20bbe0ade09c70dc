import { z } from 'zod'
import { calendarShape } from '../calendar/index.ts'
import { staffOccasions } from '../duty/roster.ts'
import { nameShape } from './name.ts'

/** What else a tag has to be is asked of new texts only: see check-new-text.ts. */
const language = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/

const names = z.array(nameShape).max(50)
const sentence = z.string().trim().min(1, 'is empty').max(500)

const kinds = ['approval', 'correction', 'exception'] as const
const actions = ['approve', 'reject', 'correct', 'ask', 'stop'] as const

export const mostCalendars = 50
const mostRequests = 200

/** Who takes a case over when the level before has not decided, and how long after it. */
const ladder = z
  .array(z.strictObject({ after: z.string(), to: nameShape }))
  .min(1, 'is empty')
  .max(10)

/** The fields of one exception type. */
export const exceptionShape = z.strictObject({
  name: z.string().trim().min(1, 'is empty').max(100),
  kind: z.enum(kinds),
  rule: sentence,
  when: z.string(),
  owner: nameShape,
  backup: nameShape.optional(),
  reviewers: names.optional(),
  'requested-by': names.min(1, 'is empty').optional(),
  'answer-within': z.string(),
  'remind-at': z.string().optional(),
  escalate: ladder.optional(),
  holds: names,
  stops: names.min(1, 'is empty').optional(),
  actions: z.array(z.enum(actions)).min(1, 'is empty').optional(),
  'may-correct': z
    .strictObject({ fields: z.array(z.string()).min(1, 'is empty').max(100), until: nameShape })
    .optional(),
  'four-eyes': z.boolean().optional(),
  approvals: z
    .number()
    .int('is no whole number')
    .min(1, 'is less than 1')
    .max(5, 'is more than 5')
    .optional(),
  'together-with': names.optional(),
  clearance: z.boolean().optional(),
  customer: nameShape,
})

const template = z.string().regex(/\S/, 'is empty')

/** A message by language. */
export const messageShape = z.record(
  z.string().regex(language, 'is not a language, such as en or pt-BR'),
  // Blanks around a template are cut later: until then its errors have places within it.
  z.strictObject({
    subject: template.max(500),
    about: template.max(5_000).optional(),
    asks: template.max(5_000).optional(),
    approved: template.max(5_000).optional(),
    rejected: template.max(5_000).optional(),
    corrected: template.max(5_000).optional(),
    stopped: template.max(5_000).optional(),
    settled: template.max(5_000).optional(),
    /** A whole letter, as published versions of before have it. */
    body: template.max(20_000).optional(),
  }),
)

const line = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'has more than one line')

/** Who writes to customers. */
export const companyShape = z.strictObject({
  name: line,
  email: line.optional(),
  phone: line.optional(),
})

/** The fields of a policy file, without what they mean together. */
export const policyShape = z.strictObject({
  title: z.string().trim().min(1, 'is empty').max(200),
  'order-owner': nameShape,
  stages: names.min(1, 'is empty'),
  company: companyShape.optional(),
  'always-told': z.array(z.enum(staffOccasions)).max(staffOccasions.length).optional(),
  'customer-silence': z.string().optional(),
  requests: z
    .record(z.string().trim().min(1, 'is empty').max(100), z.enum(['accept', 'refuse']))
    .refine((all) => Object.keys(all).length <= mostRequests, `has more than ${mostRequests} entries`)
    .optional(),
  calendars: z
    .record(nameShape, calendarShape)
    .refine((all) => Object.keys(all).length <= mostCalendars, `has more than ${mostCalendars} entries`)
    .optional(),
  roles: z.record(
    nameShape,
    z.strictObject({
      calendar: nameShape.optional(),
      backup: nameShape.optional(),
      escalate: ladder.optional(),
    }),
  ),
  exceptions: z.record(nameShape, exceptionShape),
  messages: z.record(nameShape, messageShape).optional(),
})

export type PolicyShape = z.infer<typeof policyShape>
export type ActionName = (typeof actions)[number]
export type ExceptionShape = z.infer<typeof exceptionShape>
export type MessageShape = z.infer<typeof messageShape>
