/** Words that are kept at each end of what is different, so that it can be understood. */
const kept = 2

/**
 * What was said before, without most of the words at both ends that it has in common with what is said now:
 * `… more than 5,000`.
 */
export function shortened(was: string, is: string): string {
  const words = was.split(' ')
  const others = is.split(' ')
  const shortest = Math.min(words.length, others.length)
  const before = countWhile(shortest, (i) => words[i] === others[i])
  const behind = countWhile(shortest - before, (i) => words.at(-1 - i) === others.at(-1 - i))
  const from = before > kept + 1 ? before - kept : 0
  const to = behind > kept + 1 ? words.length - behind + kept : words.length
  const said = words.slice(from, to)
  return [...(from > 0 ? ['…'] : []), ...said, ...(to < words.length ? ['…'] : [])].join(' ')
}

function countWhile(most: number, holds: (index: number) => boolean): number {
  let count = 0
  while (count < most && holds(count)) count++
  return count
}
