import { type Refusal, refuse } from '@holdpoint/policy/authority'

export { type Refusal, refuse }

/** Characters of a message that says several things at once. */
const longestTogether = 1_000

/** Everything that is wrong in one sentence after the other; the code is that of the first. Undefined for nothing. */
export function refuseAll(refusals: readonly Refusal[]): Refusal | undefined {
  const [first] = refusals
  return first && refuse(first.code, refusals.map(({ message }) => message).join(' '), longestTogether)
}

/** The first "no" of several checks. */
export function firstRefusal<T>(
  items: readonly T[],
  check: (item: T) => Refusal | undefined,
): Refusal | undefined {
  for (const item of items) {
    const refusal = check(item)
    if (refusal) return refusal
  }
  return undefined
}
