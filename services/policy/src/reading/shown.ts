/** A value of a file as errors show it: texts in quotes, the rest by its sort. */
export function kindOf(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a group of fields' : shown(value)
}

/** The same, cut when it is long. */
export function shown(value: unknown): string {
  const text = typeof value === 'object' ? kindOf(value) : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
