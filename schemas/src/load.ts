import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** An Avro schema as JSON. */
export type AvroJson = string | AvroJson[] | { [key: string]: unknown }

const folder = join(import.meta.dirname, '..', 'avro')

const read = (file: string): Record<string, unknown> => JSON.parse(readFileSync(join(folder, file), 'utf8'))

const shared = new Map<string, Record<string, unknown>>(
  readdirSync(join(folder, 'types')).map((file) => [
    `holdpoint.${file.replace('.avsc', '')}`,
    read(join('types', file)),
  ]),
)

/**
 * Reads a schema of schemas/avro and makes it self-contained: the first mention of each shared type is
 * replaced by its definition, as the registry needs it.
 */
export function loadSchema(name: string): AvroJson {
  return inline(read(`${name}.avsc`), new Set())
}

function inline(node: unknown, defined: Set<string>): AvroJson {
  if (typeof node === 'string') {
    const type = shared.get(node)
    if (!type || defined.has(node)) return node
    return inline(type, defined)
  }
  if (Array.isArray(node)) return node.map((branch) => inline(branch, defined))
  const schema = node as Record<string, unknown>
  if (schema.type === 'record' || schema.type === 'enum') defined.add(`holdpoint.${schema.name}`)
  const out: Record<string, unknown> = { ...schema }
  if (Array.isArray(schema.fields)) {
    out.fields = schema.fields.map((field) => ({ ...field, type: inline(field.type, defined) }))
  } else if (schema.type === 'array') out.items = inline(schema.items, defined)
  else if (schema.type === 'map') out.values = inline(schema.values, defined)
  return out
}
