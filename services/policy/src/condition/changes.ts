import { fieldMatches, isField, orderFields } from '@holdpoint/schemas'

/** Whether a pattern can name something that changes: a field, `lines` for any of them, or a fact. */
export function isChangePattern(pattern: string): boolean {
  return (
    pattern === 'lines' ||
    (pattern.startsWith('facts.') && pattern.length > 'facts.'.length) ||
    orderFields().some(({ path }) => fieldMatches(pattern, path))
  )
}

/** Fields and groups of fields that a pattern may name. */
export function knownPatterns(): string[] {
  const paths = orderFields().map(({ path }) => path)
  const groups = paths.filter((path) => path.includes('.')).map((path) => path.replace(/[^.]*$/, '*'))
  return [...new Set(['lines', ...groups, ...paths])]
}

/** Whether a change of a revision is what a pattern names. A line that came or went changed each of its fields. */
export function coversChange(pattern: string, path: string): boolean {
  if (pattern === path || fieldMatches(pattern, path)) return true
  if (pattern === 'facts.*') return path.startsWith('facts.')
  if (!path.startsWith('lines.')) return false
  return pattern === 'lines' || (pattern.startsWith('lines.') && !isField(path))
}
