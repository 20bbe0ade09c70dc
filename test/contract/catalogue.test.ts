import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '@holdpoint/local'
import {
  catalogue,
  deadLetterTopic,
  loadSchema,
  partitionsOf,
  type Topic,
  topicNames,
} from '@holdpoint/schemas'
import { describe, expect, test } from 'vitest'

const topics: [string, Topic][] = topicNames.map((name) => [name, catalogue[name]])
const avro = join(repository, 'schemas', 'avro')

describe.each(topics)('%s', (name, topic) => {
  test('has a schema whose record and fields are explained', () => {
    expect(existsSync(join(avro, `${topic.schema}.avsc`))).toBe(true)
    expect(unexplained(loadSchema(topic.schema), name)).toEqual([])
  })

  test('is written by one service that exists, and read by some', () => {
    if (topic.writer !== 'upstream') expect(isService(topic.writer)).toBe(true)
    expect(topic.readers.length).toBeGreaterThan(0)
    const own = topic.readers.filter((reader) => !['cli', 'billing', 'warehouse'].includes(reader))
    expect(own.filter((reader) => !isService(reader))).toEqual([])
  })

  test('keeps state and policies by key, and nothing else', () => {
    const byKey = name.includes('.state.') || topic.layout === 'one' || name.startsWith('timers.schedule')
    expect(topic.retention.policy === 'compact').toBe(byKey)
  })

  test('ends its sentence', () => expect(topic.about).toMatch(/^[A-Z].*\.$/))
})

test('every schema belongs to a topic', () => {
  const used = new Set(topics.map(([, topic]) => `${topic.schema}.avsc`))
  const files = readdirSync(avro).filter((file) => file.endsWith('.avsc'))
  expect(files.filter((file) => !used.has(file))).toEqual([])
})

test('topics of orders have one partition for each lane, so that an order lies in the same one of each', () => {
  for (const [name, topic] of topics) {
    const partitions = partitionsOf(name as (typeof topicNames)[number], 7)
    expect(partitions).toBe(topic.layout === 'one' ? 1 : 7)
    if (topic.key === 'orderId') expect(topic.layout).toBe('lanes')
  }
})

test('a service writes its dead letters into a topic of its own', () => {
  for (const [service, topic] of Object.entries(deadLetterTopic)) {
    expect(catalogue[topic].writer).toBe(service)
    expect(catalogue[topic].schema).toBe('dead-letter')
  }
})

test('every enum has the default that a newer symbol falls to', () => {
  const enums = topics.flatMap(([, topic]) => enumsOf(loadSchema(topic.schema)))
  expect(enums.length).toBeGreaterThan(10)
  for (const { name, symbols, default: fallback } of enums)
    expect([name, symbols.includes(fallback ?? '')]).toEqual([name, true])
})

const isService = (name: string): boolean => existsSync(join(repository, 'services', name, 'package.json'))

type Node = {
  type?: unknown
  name?: string
  doc?: string
  fields?: Node[]
  symbols?: string[]
  default?: string
}

/** Paths of records, enums and fields without a doc. */
function unexplained(node: unknown, path: string): string[] {
  return nodesOf(node, path).flatMap(([at, { doc }]) => (/[.…?]$/.test(doc ?? '') ? [] : [at]))
}

function enumsOf(node: unknown): { name: string; symbols: string[]; default?: string }[] {
  return nodesOf(node, '').flatMap(([, { name = '', symbols, default: fallback }]) =>
    symbols ? [{ name, symbols, ...(fallback === undefined ? {} : { default: fallback }) }] : [],
  )
}

/** Every record, enum and field below, with its path. */
function nodesOf(node: unknown, path: string): [string, Node][] {
  if (Array.isArray(node)) return node.flatMap((part) => nodesOf(part, path))
  if (typeof node !== 'object' || node === null) return []
  const { name, type, fields, symbols } = node as Node
  const inner = Object.entries(node).filter(([key]) => ['type', 'items', 'values'].includes(key))
  const below = inner.flatMap(([, part]) => nodesOf(part, path))
  const own: [string, Node][] = name && (fields || symbols || type) ? [[`${path}/${name}`, node]] : []
  return [...own, ...below, ...(fields ?? []).flatMap((field) => nodesOf(field, `${path}/${name}`))]
}
