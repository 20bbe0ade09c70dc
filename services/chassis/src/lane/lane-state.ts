import type { TopicName } from '@holdpoint/schemas'
import type { LaneCodec } from './lane-codec.ts'

/** The state of one lane: per key the very bytes that its changelog holds. */
export class LaneState {
  readonly #kept = new Map<string, Buffer>()

  get size(): number {
    return this.#kept.size
  }

  keys(): Iterable<string> {
    return this.#kept.keys()
  }

  values(): Iterable<Buffer> {
    return this.#kept.values()
  }

  get(key: string): Buffer | undefined {
    return this.#kept.get(key)
  }

  /** Null forgets the key. */
  set(key: string, bytes: Buffer | null): void {
    if (bytes) this.#kept.set(key, bytes)
    else this.#kept.delete(key)
  }
}

/**
 * A lane's state as of the records of a batch handled so far; the state itself stays as it is until `merge`.
 * A value is decoded from the bytes that were kept, so that a handler sees what it would see after a restart.
 */
export class Overlay {
  readonly changes = new Map<string, Buffer | null>()
  readonly #state: LaneState
  readonly #topic: TopicName | undefined
  readonly #codec: LaneCodec
  readonly #decoded = new Map<string, unknown>()

  constructor(state: LaneState, topic: TopicName | undefined, codec: LaneCodec) {
    this.#state = state
    this.#topic = topic
    this.#codec = codec
  }

  get(key: string): unknown {
    const decoded = this.#decoded.get(key)
    if (decoded !== undefined) return decoded
    const bytes = this.#bytes(key)
    if (!bytes || !this.#topic) return undefined
    const value = this.#codec.decode(this.#topic, bytes)
    this.#decoded.set(key, value)
    return value
  }

  set(key: string, bytes: Buffer | null): void {
    this.changes.set(key, bytes)
    this.#decoded.delete(key)
  }

  /** Forgets decoded values, in case a handler that failed has written into one. */
  forgetDecoded(): void {
    this.#decoded.clear()
  }

  merge(): void {
    for (const [key, bytes] of this.changes) this.#state.set(key, bytes)
  }

  #bytes(key: string): Buffer | null | undefined {
    const changed = this.changes.get(key)
    return changed === undefined ? this.#state.get(key) : changed
  }
}
