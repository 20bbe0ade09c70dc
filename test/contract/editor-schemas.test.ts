/** Editors check policies and rosters by the JSON Schemas that are generated for them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const repository = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(repository, file), 'utf8')

const ajv = new Ajv2020({ allErrors: true })
const policy = ajv.compile(JSON.parse(read('services/policy/policy.schema.json')))
const roster = ajv.compile(JSON.parse(read('services/policy/roster.schema.json')))

const wholesaler = read('infra/samples/wholesaler.policy.yaml')

test.each([
  ['infra/samples/wholesaler.policy.yaml', policy],
  ['infra/samples/retail.policy.yaml', policy],
  ['infra/samples/roster.yaml', roster],
])('%s satisfies its schema, and says where it is', (file, validate) => {
  const text = read(file)
  const [, schema = ''] = /^# yaml-language-server: \$schema=(.*)$/m.exec(text) ?? []
  expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true)
  expect(JSON.parse(read(join('infra/samples', schema)))).toEqual(validate.schema)
})

describe('a broken file does not', () => {
  test.each([
    ['a kind that there is not', 'kind: approval', 'kind: aproval', '/exceptions/discount-small-order/kind'],
    ['a field that there is not', 'owner: finance', 'ownr: finance', '/exceptions/billing-terms'],
    [
      'a time that is none',
      'answer-within: 2 working hours',
      'answer-within: 2 hrs',
      '/exceptions/billing-terms/answer-within',
    ],
    ['several owners', 'owner: finance', 'owner: [finance, sales]', '/exceptions/billing-terms/owner'],
  ])('%s', (_, piece, replacement, path) => {
    expect(policy(parse(wholesaler.replace(piece, replacement)))).toBe(false)
    expect(policy.errors?.map(({ instancePath }) => instancePath)).toContain(path)
  })

  test('a person without a subject', () => {
    const text = read('infra/samples/roster.yaml').replace('subject: sam, ', '')
    expect(roster(parse(text))).toBe(false)
    expect(roster.errors).toMatchObject([
      { instancePath: '/people/0', params: { missingProperty: 'subject' } },
    ])
  })
})
