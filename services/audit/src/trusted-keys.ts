import type { AuditCheckpoint } from '@holdpoint/schemas'
import { handedOverBy } from './checkpoint.ts'

/**
 * Which keys may sign while a trail is read: those that were expected, and those to which one of them handed over, each
 * from there on. In a chain that a key has handed over it signs no more.
 */
export class TrustedKeys {
  readonly #keys: Set<string> | undefined
  readonly #over = new Set<string>()

  /** Without any, every key may sign. */
  constructor(keys: readonly string[] | undefined) {
    this.#keys = keys && new Set(keys)
  }

  /** In words, why the key of a well signed checkpoint may not; undefined when it may. */
  problemOf(checkpoint: AuditCheckpoint): string | undefined {
    const { keyId, partition, priorKey, handOver } = checkpoint
    const prior = handedOverBy(checkpoint)
    if (prior === undefined && priorKey + handOver !== '') return 'names a hand-over that was not signed'
    if (prior !== undefined && this.#keys?.has(prior)) this.#keys.add(keyId)
    if (prior !== undefined) this.#over.add(`${partition} ${prior}`)
    if (this.#over.has(`${partition} ${keyId}`))
      return `is signed by ${keyId}, which had handed over to another key`
    return this.#keys && !this.#keys.has(keyId) ? `is signed by ${keyId}, which is not trusted` : undefined
  }
}
