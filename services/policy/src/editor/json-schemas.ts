import { z } from 'zod'
import { shareForm, withinForm } from '../calendar/read-within.ts'
import { knownPatterns } from '../condition/changes.ts'
import { rosterFields } from '../duty/roster-fields.ts'
import { policyFields } from '../reading/policy-fields.ts'
import { type FileFields, hintAt } from '../reading/read-shape.ts'

/** A JSON Schema (2020-12) by which an editor completes and checks a file, and shows help. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** What no editor can know of a policy, such as whether a role exists, only `checkPolicy` says. */
export const policyJsonSchema = (): JsonSchema => jsonSchemaOf(policyFields, policyNotes)

export const rosterJsonSchema = (): JsonSchema => jsonSchemaOf(rosterFields, rosterNotes)

/** What the shape of a file does not say, by the fields that lead there; `*` stands for any name, or any entry. */
type Notes = Readonly<Record<string, JsonSchema>>

const within = {
  pattern: withinForm.source,
  examples: ['30 minutes', '2 hours', '3 days', '90 working minutes', '2 working hours', '1 working day'],
}

const zone = { examples: ['Europe/London', 'Europe/Berlin', 'America/New_York', 'UTC'] }

const policyNotes: Notes = {
  '': {
    title: 'Policy',
    description: 'Exceptions of an order: who owns them, until when, and what they hold.',
  },
  company: { title: 'Company' },
  'calendars.*': { title: 'Calendar', description: 'When people work.' },
  'calendars.*.zone': zone,
  'calendars.*.holidays': { examples: ['GB-ENG', 'DE-BY', 'FR', 'US'] },
  'roles.*': { title: 'Role', description: 'Who can own a case, and who stands in.' },
  'roles.*.escalate.*': { title: 'Level' },
  'roles.*.escalate.*.after': within,
  'exceptions.*': {
    title: 'Exception type',
    description: 'When a case opens, who owns it, and what it holds.',
  },
  'exceptions.*.answer-within': within,
  'exceptions.*.remind-at': { pattern: shareForm.source, examples: ['75 %'] },
  'exceptions.*.escalate.*': { title: 'Level' },
  'exceptions.*.escalate.*.after': within,
  'exceptions.*.may-correct.fields.*': { examples: knownPatterns() },
  'messages.*': {
    title: 'Message',
    description: 'A text for the customer in each language; one in en has to be there.',
  },
  'messages.*.*': { title: 'Text', description: 'Liquid templates, such as {{ order.id }}.' },
}

const rosterNotes: Notes = {
  '': { title: 'Roster', description: 'Who works here, in which roles, and who is on duty when.' },
  zone,
  'people.*': { title: 'Person' },
  'people.*.notify': { title: 'Notify' },
  'channels.*': { title: 'Channels', description: 'Where a role is told, besides its people.' },
  'rotas.*': { title: 'Rota', description: 'Turns (hand-over, turn, starts, people) or shifts.' },
  'rotas.*.zone': zone,
  'rotas.*.turn': { examples: ['1 day', '1 week', '2 weeks', '12 hours'] },
  'rotas.*.shifts.*': { title: 'Shift' },
  'absences.*': { title: 'Absence' },
  'overrides.*': {
    title: 'Override',
    description: 'A change of the plan for a time: add, remove or replace.',
  },
}

function jsonSchemaOf(fields: FileFields<z.ZodType>, notes: Notes): JsonSchema {
  return withHelp(z.toJSONSchema(fields.shape, { io: 'input' }) as JsonSchema, [], { fields, notes })
}

interface Help {
  fields: FileFields<z.ZodType>
  notes: Notes
}

/** The schema of what the steps lead to, and of everything in it, with what people have to know. */
function withHelp(schema: JsonSchema, steps: readonly string[], help: Help): JsonSchema {
  const { $schema, properties, additionalProperties, items, anyOf, ...others } = schema as Parts
  const below = (one: JsonSchema, step: string) => withHelp(one, [...steps, step], help)
  return {
    ...($schema === undefined ? {} : { $schema }),
    ...hintFor(steps, help),
    ...help.notes[steps.join('.')],
    ...others,
    ...(properties && { properties: mapped(properties, below) }),
    ...(additionalProperties === undefined
      ? {}
      : { additionalProperties: additionalProperties && below(additionalProperties, '*') }),
    ...(items && { items: below(items, '*') }),
    ...(anyOf && { anyOf: anyOf.map((one) => withHelp(one, [...steps, '*'], help)) }),
  }
}

/** As `z.toJSONSchema` makes them. */
type Parts = JsonSchema & {
  properties?: Readonly<Record<string, JsonSchema>>
  additionalProperties?: JsonSchema | false
  items?: JsonSchema
  anyOf?: readonly JsonSchema[]
}

function mapped(
  group: Readonly<Record<string, JsonSchema>>,
  change: (one: JsonSchema, name: string) => JsonSchema,
) {
  return Object.fromEntries(Object.entries(group).map(([name, one]) => [name, change(one, name)]))
}

/** Entries of a group, whose names are free, have no hint of their own. */
function hintFor(steps: readonly string[], { fields }: Help): { description?: string } {
  const hint = steps.length === 0 || steps.at(-1) === '*' ? undefined : hintAt(steps, fields)
  return hint === undefined ? {} : { description: hint }
}
