import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Finished, finish } from './command.ts'
import { shown } from './failure.ts'
import { repository } from './folders.ts'

/** A script that writes files from others. */
export type Generator = { script: string; writes: readonly string[] }

export const generators: readonly Generator[] = [
  { script: 'schemas/src/generate.ts', writes: ['schemas/src/generated/types.ts'] },
  { script: 'schemas/src/topic-map.ts', writes: ['services/README.md'] },
  {
    script: 'services/policy/write-schemas.ts',
    writes: ['services/policy/policy.schema.json', 'services/policy/roster.schema.json'],
  },
]

export function generate({ script }: Generator): Promise<Finished> {
  return finish({ name: script, command: process.execPath, args: [join(repository, script)] })
}

/** Whether the script would write what is there; leaves the files as they are. */
export async function isUpToDate(generator: Generator): Promise<Finished> {
  const files = generator.writes.map((file) => join(repository, file))
  const before = files.map(read)
  const run = await generate(generator)
  if (run.code !== 0) return run
  const stale = files.filter((file, index) => read(file) !== before[index])
  for (const [index, file] of files.entries()) restore(file, before[index])
  if (stale.length === 0) return run
  return { ...run, code: 1, all: `Out of date: ${stale.map(shown).join(', ')}. Run: npm run generate` }
}

const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)

function restore(file: string, content: string | undefined): void {
  if (content !== undefined && read(file) !== content) writeFileSync(file, content)
}
