import { expect, test } from 'vitest'
import { type JsonSchema, policyJsonSchema, rosterJsonSchema } from './json-schemas.ts'
import { jsonText } from './json-text.ts'

test.each([
  ['policy', policyJsonSchema()],
  ['roster', rosterJsonSchema()],
])('every field of a %s has help of its own, and every group of fields a title', (_, schema) => {
  for (const { name, one } of fieldsIn(schema)) expect(one.description).toMatch(new RegExp(`^${name}: .`))
  for (const group of groupsIn(schema)) expect(group.title ?? group.description).toEqual(expect.any(String))
})

test('what a field can be is known to the editor', () => {
  const fields = new Map(fieldsIn(policyJsonSchema()).map(({ name, one }) => [name, one]))
  expect(fields.get('kind')).toMatchObject({ enum: ['approval', 'correction', 'exception'] })
  expect(fields.get('actions')).toMatchObject({
    items: { enum: ['approve', 'reject', 'correct', 'ask', 'stop'] },
  })
  expect(fields.get('answer-within')).toMatchObject({ pattern: expect.stringContaining('working') })
  expect(fields.get('fields')).toMatchObject({ items: { examples: expect.arrayContaining(['shipping.*']) } })
})

test('JSON is written as the formatter wants it', () => {
  const long = Array.from({ length: 9 }, (_, i) => `value number ${i}`)
  expect(jsonText({ a: [1, 'b'], c: { d: [{ e: null }], f: {}, g: [] }, long })).toBe(`{
  "a": [1, "b"],
  "c": {
    "d": [
      {
        "e": null
      }
    ],
    "f": {},
    "g": []
  },
  "long": [
${long.map((text) => `    "${text}"`).join(',\n')}
  ]
}
`)
})

function fieldsIn(schema: JsonSchema): { name: string; one: JsonSchema }[] {
  const fields = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)
  return [...fields.map(([name, one]) => ({ name, one })), ...within(schema).flatMap(fieldsIn)]
}

function groupsIn(schema: JsonSchema): JsonSchema[] {
  return [...(schema.properties ? [schema] : []), ...within(schema).flatMap(groupsIn)]
}

function within({ properties = {}, additionalProperties, items, anyOf = [] }: JsonSchema): JsonSchema[] {
  const all = [
    ...Object.values(properties as object),
    additionalProperties,
    items,
    ...(anyOf as JsonSchema[]),
  ]
  return all.filter((one): one is JsonSchema => typeof one === 'object' && one !== null)
}
