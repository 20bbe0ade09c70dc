export const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Days that a key of `open` names, 0 for Monday; undefined when it cannot be read. */
export function readDays(key: string): number[] | undefined {
  const days = key.split(',').map((part) => readPart(part.trim()))
  return days.every((part) => part !== undefined) ? days.flat() : undefined
}

/** The key that names a day. */
export const keyFor = (day: number, keys: readonly string[]): string | undefined =>
  keys.find((key) => readDays(key)?.includes(day))

/** `mon`, or `fri-mon`: a range may go on over the end of the week. */
function readPart(part: string): number[] | undefined {
  const [first, last, ...more] = part.split('-').map(indexOf)
  if (first === undefined || first < 0 || more.length > 0) return undefined
  if (last === undefined) return [first]
  if (last < 0 || last === first) return undefined
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => (first + index) % 7)
}

const indexOf = (name: string): number => (dayNames as readonly string[]).indexOf(name)
