import { catalogue, type Topic } from '@holdpoint/schemas'
import type { LaneRecord, Problem } from '../port.ts'

/** Characters of a key that a message repeats. */
const mostQuoted = 100

/**
 * What is wrong with a record by what the catalogue says of its topic: nothing is deleted where values are not
 * compacted, and the key is the field of the value by which the topic is keyed. Looks at the value, so that one that
 * cannot be decoded throws.
 */
export function forbidden({ topic, key, keyBytes, value }: LaneRecord): Problem | undefined {
  const known = catalogue[topic] as Topic | undefined
  if (known?.layout !== 'lanes') return undefined
  if (value === null) return known.retention.policy === 'compact' ? undefined : noValue(known)
  const own = (value as unknown as Record<string, unknown>)[known.key]
  if (typeof own !== 'string') return undefined
  if (own === '') return { path: known.key, message: 'is missing: it says what the record is about.' }
  if (own === key) return undefined
  const message =
    keyBytes === null
      ? `is missing: send the ${known.key} as the record key.`
      : `is "${key.slice(0, mostQuoted)}", but must be the ${known.key} "${own}".`
  return { path: 'key', message }
}

const noValue = ({ insteadOfDeleting }: Topic): Problem => ({
  path: '',
  message: `has no value: nothing in this topic can be deleted.${insteadOfDeleting ? ` ${insteadOfDeleting}` : ''}`,
})
