/** Writes src/generated/types.ts from the schemas: one TypeScript type for each Avro type, one entry of Messages for each topic. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AvroJson, loadSchema } from './load.ts'

type Schema = Record<string, unknown> & { type: string; name?: string; doc?: string }
type Field = { name: string; type: AvroJson; doc?: string }

const deadLetterTopics = [
  'orders.inbound.v1.dlq',
  'classifier.dlq.v1',
  'router.dlq.v1',
  'notifier.dlq.v1',
  'audit.dlq.v1',
]
const written = new Map<string, string>()

export function generateTypes(): string {
  const files = readdirSync(join(import.meta.dirname, '..', 'avro'))
    .filter((f) => f.endsWith('.avsc'))
    .sort()
  const messages: string[] = []
  for (const file of files) {
    const name = file.replace('.avsc', '')
    const type = typeOf(loadSchema(name))
    const topics = name === 'dead-letter' ? deadLetterTopics : [name]
    for (const topic of topics) messages.push(`  '${topic}': ${type}`)
  }
  return [
    '// Made from schemas/avro by `npm run generate`. Do not edit.\n',
    '/** A decimal number as text in canonical form: no exponent, no plus sign, no trailing zeros; at most four places. */\nexport type Decimal = string\n',
    '/** Milliseconds since 1970-01-01T00:00:00Z. */\nexport type Instant = number\n',
    ...written.values(),
    `/** The value type of every topic. */\nexport interface Messages {\n${messages.sort().join('\n')}\n}\n`,
  ].join('\n')
}

function typeOf(schema: AvroJson): string {
  if (typeof schema === 'string') return primitive(schema)
  if (Array.isArray(schema))
    return schema
      .map(typeOf)
      .map((t) => (t === 'null' ? 'null' : t))
      .sort((a, b) => Number(a === 'null') - Number(b === 'null'))
      .join(' | ')
  const node = schema as Schema
  if (node.logicalType === 'decimal') return 'Decimal'
  if (node.logicalType === 'timestamp-millis') return 'Instant'
  switch (node.type) {
    case 'record':
      return named(
        node,
        () => `export interface ${node.name} {\n${(node.fields as Field[]).map(member).join('\n')}\n}\n`,
      )
    case 'enum':
      return named(
        node,
        () => `export type ${node.name} = ${(node.symbols as string[]).map((s) => `'${s}'`).join(' | ')}\n`,
      )
    case 'array': {
      const items = typeOf(node.items as AvroJson)
      return items.includes(' ') ? `(${items})[]` : `${items}[]`
    }
    case 'map':
      return `{ [key: string]: ${typeOf(node.values as AvroJson)} }`
    default:
      return primitive(node.type)
  }
}

function named(node: Schema, write: () => string): string {
  const name = node.name as string
  if (!written.has(name)) {
    written.set(name, '')
    const text = write()
    written.delete(name)
    written.set(name, `/** ${node.doc} */\n${text}`)
  }
  return name
}

const member = (field: Field): string => `  /** ${field.doc} */\n  ${field.name}: ${typeOf(field.type)}`

function primitive(name: string): string {
  switch (name) {
    case 'string':
    case 'boolean':
    case 'null':
      return name
    case 'int':
    case 'long':
    case 'float':
    case 'double':
      return 'number'
    case 'bytes':
      return 'Buffer'
    default:
      return name.replace('holdpoint.', '')
  }
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, 'generated', 'types.ts'), generateTypes())
