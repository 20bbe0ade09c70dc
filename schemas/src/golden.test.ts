import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freeze, frozenVersions, goldenProblems, schemaNames } from './golden.ts'
import { type AvroJson, loadSchema } from './load.ts'

type RecordJson = { fields: { name: string; type: AvroJson; default?: unknown }[] }

const name = 'orders.inbound.v1'
const frozen = loadSchema(name)
const changed = (change: (schema: RecordJson) => void): AvroJson => {
  const schema = structuredClone(frozen) as unknown as RecordJson
  change(schema)
  return schema as unknown as AvroJson
}
const fieldOf = (schema: RecordJson, field: string) => schema.fields.find((f) => f.name === field)

test.each(schemaNames)('%s is its newest frozen version and reads all earlier ones', (schema) =>
  expect(goldenProblems(schema, loadSchema(schema), frozenVersions(schema))).toEqual([]),
)

test('a schema without a frozen version says how to freeze', () =>
  expect(goldenProblems(name, frozen, [])).toEqual([expect.stringContaining('npm run freeze -w schemas')]))

test.each<[string, (schema: RecordJson) => void]>([
  ['a new field without a default', (s) => s.fields.push({ name: 'colour', type: 'string' })],
  ['another type', (s) => Object.assign(fieldOf(s, 'eventId') ?? {}, { type: 'long' })],
  ['a renamed record', (s) => Object.assign(s, { name: 'Event' })],
])('%s breaks readers of what was written before', (_, change) => {
  const problems = goldenProblems(name, changed(change), [frozen])
  expect(problems.at(-1)).toContain('Version 2 of orders.inbound.v1 cannot read what version 1 wrote')
})

test('a break with any earlier version counts, not only with the newest', () => {
  const without = changed((s) => {
    s.fields = s.fields.filter((f) => f.name !== 'source')
  })
  const back = changed((s) => s.fields.reverse())
  expect(goldenProblems(name, back, [without, frozen, back])).toEqual([
    expect.stringContaining('Version 2 of orders.inbound.v1 cannot read what version 1 wrote'),
    expect.stringContaining('Version 3 of orders.inbound.v1 cannot read what version 1 wrote'),
  ])
})

test('freezing writes a version once, and none that breaks readers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-golden-'))
  try {
    const grown = changed((s) => s.fields.push({ name: 'colour', type: 'string', default: '' }))
    expect(freeze(name, frozen, folder)).toContain('0001.avsc')
    expect(freeze(name, frozen, folder)).toBeUndefined()
    expect(freeze(name, grown, folder)).toContain('0002.avsc')
    expect(frozenVersions(name, folder)).toEqual([frozen, grown])
    expect(() =>
      freeze(
        name,
        changed((s) => s.fields.push({ name: 'size', type: 'int' })),
        folder,
      ),
    ).toThrow('needs a default')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
