import type { FileError } from '../reading/file-error.ts'
import type { PublishedText } from './version-problem.ts'

/** A version that can be read, as what it says. */
export interface InForce<Content> {
  version: number
  content: Content
}

/** A published version that cannot be read. */
export interface Unreadable {
  version: number
  problem: string
}

/** A topic of published versions in memory, keyed by version. */
export interface PublishedTexts {
  values(): readonly PublishedText[]
  onChange(listener: () => void): void
}

/**
 * Keeps up with what is published; the answer is the newest version that can be read, undefined before there is one.
 * The desk publishes no other, so that a version which cannot be read is a fault, or newer than this reader: it is
 * reported once, and the last good one stays in force. The same for the policy and the roster, at every reader.
 */
export function newestReadable<Content>(
  published: PublishedTexts,
  read: (text: string) => { content: Content } | { errors: readonly FileError[] },
  report: (unreadable: Unreadable) => void,
): () => InForce<Content> | undefined {
  const unreadable = new Set<number>()
  let inForce: InForce<Content> | undefined
  published.onChange(() => {
    for (const { version, text } of newestFirst(published)) {
      if (version <= (inForce?.version ?? 0)) return
      if (unreadable.has(version)) continue
      const found = read(text)
      if ('content' in found) {
        inForce = { version, content: found.content }
        return
      }
      unreadable.add(version)
      report({ version, problem: problemIn(found.errors) })
    }
  })
  return () => inForce
}

/** The first errors of a text that cannot be read, in a line. */
export function problemIn(errors: readonly FileError[]): string {
  const told = errors.map(({ line, column, message }) => `${line}:${column} ${message}`)
  return told.slice(0, 5).join('; ')
}

function newestFirst(published: PublishedTexts) {
  return [...published.values()].sort((one, other) => other.version - one.version)
}
