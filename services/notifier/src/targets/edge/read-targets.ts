import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { type Targets, targetsOf } from '../targets.ts'

/** The file of the targets cannot be used; the message says everything that is wrong, and holds no secret. */
export class TargetsUnusable extends Error {
  readonly code = 'TARGETS_UNUSABLE'
  readonly canRetry = false
}

/** The targets of a file in YAML or JSON; files that it names lie beside it, unless their path is absolute. */
export function readTargets(path: string | undefined): Targets {
  if (path === undefined) return new Map()
  const text = textOf(path)
  if (text === undefined) throw new TargetsUnusable(`TARGETS_FILE cannot be read: ${path}`)
  const document = parseDocument(text, { prettyErrors: false })
  const [error] = document.errors
  // Its own message would show lines of the file.
  if (error) throw unusable([`It is no YAML: ${error.code} at character ${error.pos[0]}.`])
  const read = targetsOf(document.toJS({ maxAliasCount: 0 }), (file) => textOf(resolve(dirname(path), file)))
  if ('problems' in read) throw unusable(read.problems)
  return read.targets
}

function unusable(problems: readonly string[]): TargetsUnusable {
  return new TargetsUnusable(`TARGETS_FILE does not hold:\n${problems.map((one) => `  ${one}`).join('\n')}`)
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
