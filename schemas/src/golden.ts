/**
 * Frozen versions of the schemas: golden/<schema>/0001.avsc, 0002.avsc … Whoever reads with a version can read
 * everything that was written with an earlier one (BACKWARD_TRANSITIVE).
 *
 *   node src/golden.ts            says what does not hold
 *   node src/golden.ts --freeze   writes a new version of every schema that changed
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { catalogue, topicNames } from './catalogue.ts'
import { type AvroJson, loadSchema } from './load.ts'
import { parseSchema } from './schema-type.ts'

/** The names of all schemas; several topics may share one. */
export const schemaNames: readonly string[] = [...new Set(topicNames.map((topic) => catalogue[topic].schema))]

export const goldenFolder = join(import.meta.dirname, '..', 'golden')

/** The frozen versions of a schema, oldest first. */
export function frozenVersions(name: string, folder = goldenFolder): AvroJson[] {
  const own = join(folder, name)
  if (!existsSync(own)) return []
  return readdirSync(own)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(own, file), 'utf8')))
}

/** What does not hold for a schema and its frozen versions, in sentences. */
export function goldenProblems(name: string, current: AvroJson, frozen: readonly AvroJson[]): string[] {
  const newest = frozen.at(-1)
  const kept = newest !== undefined && isDeepStrictEqual(newest, current)
  return [
    ...(kept ? [] : [notFrozen(name, frozen.length)]),
    ...incompatibilities(name, kept ? frozen : [...frozen, current]),
  ]
}

/** Writes the next version of a schema unless the newest is the same; gives its path. */
export function freeze(name: string, current: AvroJson, folder = goldenFolder): string | undefined {
  const frozen = frozenVersions(name, folder)
  if (isDeepStrictEqual(frozen.at(-1), current)) return undefined
  const broken = incompatibilities(name, [...frozen, current])
  if (broken.length > 0) throw new Error(broken.join('\n'))
  const file = join(folder, name, `${String(frozen.length + 1).padStart(4, '0')}.avsc`)
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(file, `${JSON.stringify(current, null, 1)}\n`)
  return file
}

function notFrozen(name: string, versions: number): string {
  const what = versions === 0 ? 'has no frozen version' : `is not its frozen version ${versions}`
  return (
    `schemas/avro/${name}.avsc ${what}. If the change is meant, run: npm run freeze -w schemas ` +
    '(delete that version first if it has never been released).'
  )
}

function incompatibilities(name: string, versions: readonly AvroJson[]): string[] {
  const types = versions.map((version) => parseSchema(version))
  return types.flatMap((reader, later) =>
    types.slice(0, later).flatMap((writer, earlier) => {
      try {
        reader.createResolver(writer)
        return []
      } catch (error) {
        return [
          `Version ${later + 1} of ${name} cannot read what version ${earlier + 1} wrote: ${(error as Error).message}. ` +
            'A new field needs a default; a field keeps its type and an enum its symbols.',
        ]
      }
    }),
  )
}

function main(freezing: boolean): void {
  for (const name of schemaNames) {
    const written = freezing ? freeze(name, loadSchema(name)) : undefined
    if (written) process.stdout.write(`${written}\n`)
    for (const problem of goldenProblems(name, loadSchema(name), frozenVersions(name))) {
      process.stderr.write(`${problem}\n`)
      process.exitCode = 1
    }
  }
}

if (import.meta.main) main(process.argv.includes('--freeze'))
