import { z } from 'zod'

const named = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const language = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

const name = z
  .string()
  .max(60)
  .regex(named, 'is not a name: small letters, digits and "-", such as order-manager')
const names = z.array(name).max(50)
const sentence = z.string().trim().min(1, 'is empty').max(500)

const kinds = ['approval', 'correction', 'exception'] as const
const actions = ['approve', 'reject', 'correct', 'stop'] as const

/** The fields of one exception type. */
export const exceptionShape = z.strictObject({
  name: z.string().trim().min(1, 'is empty').max(100),
  kind: z.enum(kinds),
  rule: sentence,
  when: z.string(),
  owner: name,
  backup: name.optional(),
  reviewers: names.optional(),
  'answer-within': z.string(),
  holds: names,
  actions: z.array(z.enum(actions)).min(1, 'is empty').optional(),
  'may-correct': z
    .strictObject({ fields: z.array(z.string()).min(1, 'is empty').max(100), until: name })
    .optional(),
  customer: name,
})

/** The fields of a policy file, without what they mean together. */
export const policyShape = z.strictObject({
  title: z.string().trim().min(1, 'is empty').max(200),
  'order-owner': name,
  stages: names.min(1, 'is empty'),
  roles: z.record(name, z.strictObject({ backup: name.optional() })),
  exceptions: z.record(name, exceptionShape),
  messages: z
    .record(
      name,
      z.record(
        z.string().regex(language, 'is not a language, such as en or pt-BR'),
        z.strictObject({ subject: sentence, body: z.string().trim().min(1, 'is empty').max(20_000) }),
      ),
    )
    .optional(),
})

export type PolicyShape = z.infer<typeof policyShape>
export type ActionName = (typeof actions)[number]
export type ExceptionShape = z.infer<typeof exceptionShape>

/** What to write for each field. */
export const fieldHints: Readonly<Record<string, string>> = {
  title: 'title: Order exceptions',
  'order-owner': 'order-owner: order-manager (the role that sees the whole order)',
  stages: 'stages: [invoicing, shipping]',
  roles: 'roles: { finance: { backup: controller }, controller: { backup: order-manager } }',
  exceptions: 'exceptions: and under it one entry for each exception type',
  messages: 'messages: and under it each message by language',
  name: 'name: Billing terms outside the contract',
  kind: 'kind: approval, correction or exception',
  rule: 'rule: one plain sentence that says when this case opens',
  when: 'when: lines.total > 5000',
  owner: 'owner: the role that decides, such as finance',
  backup: 'backup: the role that decides when the owner is late, such as controller',
  reviewers: 'reviewers: [sales]',
  'answer-within': 'answer-within: 2 hours (or 30 minutes, 3 days)',
  holds: 'holds: [invoicing] (the stages that wait for the decision; [] for none)',
  actions: 'actions: [approve, reject, correct, stop] or some of them',
  'may-correct': 'may-correct: { fields: [shipping.*], until: shipping }',
  fields: 'fields: [shipping.*]',
  until: 'until: the stage whose start ends corrections, such as shipping',
  customer: 'customer: the name of a message under messages',
  subject: 'subject: About your order {{ order.id }}',
  body: 'body: the text of the message',
}
