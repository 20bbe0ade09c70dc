/**
 * Which of the languages that there are a customer is written to: the tag that is wanted, else the same without its last
 * part, and so on. Tags are compared without regard to case, and `_` is taken for `-`, as Java and many shops write.
 * Undefined when none fits: the caller says what stands in.
 *
 * Source: RFC 4647, section 3.4 (look-up), and RFC 5646, section 2.1.1 (case).
 */
export function lookUpLanguage(wanted: string, known: Iterable<string>): string | undefined {
  const byTag = new Map([...known].reverse().map((language) => [normal(language), language]))
  for (let parts: readonly string[] = normal(wanted).split('-'); parts.length > 0; parts = shortened(parts)) {
    const language = byTag.get(parts.join('-'))
    if (language !== undefined) return language
  }
  return undefined
}

/** Without what POSIX puts behind a language: `de_AT.UTF-8`, `de_DE@euro`. */
const normal = (tag: string): string =>
  tag
    .trim()
    .replace(/[.@].*$/s, '')
    .replaceAll('_', '-')
    .toLowerCase()

/** A part of one character begins an extension, and goes with what it begins. */
function shortened(parts: readonly string[]): readonly string[] {
  const left = parts.slice(0, -1)
  return left.slice(0, left.findLastIndex((part) => part.length > 1) + 1)
}
