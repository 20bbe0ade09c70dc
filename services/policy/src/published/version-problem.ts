import { sha256 } from '@holdpoint/schemas'

/** A record of policy.versions.v1 or duty.roster.v1, as far as every reader has to be sure of it. */
export interface PublishedText {
  version: number
  text: string
  /** SHA-256 (hex) of the text. */
  digest: string
}

/** What a reader knows of the versions before. */
export interface KnownVersions {
  /** Number of the newest; 0 for none. */
  latest: number
  /** Digest of a version; undefined while there is none of that number. */
  digestOf(version: number): string | undefined
}

/**
 * So many numbers may be left out. The desk numbers versions without gaps, but gives up a number when Kafka does not
 * say whether it took it.
 */
export const mostSkipped = 100

/** Whether a version so numbered can be there soon, when `latest` is the newest that is. */
export function canCome(version: number, latest: number): boolean {
  return version >= 1 && version <= latest + mostSkipped
}

/**
 * Why a record does not count as a published version: its number cannot be, its key is another, its text is not what
 * was signed for, or the number is taken. Undefined when it counts. Every reader asks this of each record in order, so
 * that all of them have the same versions.
 */
export function versionProblem(
  key: string,
  published: PublishedText | null,
  { latest, digestOf }: KnownVersions,
): string | undefined {
  if (published === null) return 'A published version cannot be deleted.'
  const { version, text, digest } = published
  if (key !== String(version)) return `Its key is "${key}", but its version ${version}: they must agree.`
  if (!canCome(version, latest))
    return `Its version is ${version}, but the last one is ${latest}: the next is ${latest + 1}.`
  if (sha256(text) !== digest) return `Its digest is not that of its text, which is ${sha256(text)}.`
  const before = digestOf(version)
  if (before !== undefined && before !== digest)
    return `Version ${version} was published before with another text: a published version never changes.`
  return undefined
}

/** Asks `versionProblem` of the records of one topic, one after the other, from its beginning. */
export function versionsInOrder(): (key: string, published: PublishedText | null) => string | undefined {
  const digests = new Map<number, string>()
  let latest = 0
  return (key, published) => {
    const problem = versionProblem(key, published, { latest, digestOf: (version) => digests.get(version) })
    if (problem !== undefined || published === null) return problem
    digests.set(published.version, published.digest)
    latest = Math.max(latest, published.version)
    return undefined
  }
}
