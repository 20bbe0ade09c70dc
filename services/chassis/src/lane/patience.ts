import type { Received } from './received.ts'

/** A record that keeps its lane waiting for longer, milliseconds, becomes a dead letter. */
export const longestWaitMs = 90_000

/** The wait of the record that stands first of a topic. */
interface Wait {
  offset: number
  /** Instant of the last attempt. */
  at: number
  /** Whether that attempt could have found what the record waits for. */
  fair: boolean
  waitedMs: number
}

/**
 * How long the records of a lane have kept it waiting for what they name. Counts from a record's first attempt, and
 * only between attempts that were fair: while the tables are not read, because Kafka is away, nobody can know whether
 * what is missing exists.
 */
export class Patience {
  readonly #isFair: () => boolean
  readonly #waits = new Map<string, Wait>()

  constructor(isFair: () => boolean = () => true) {
    this.#isFair = isFair
  }

  /** Counts one attempt at a record that waits; whether it was the last. `now`: milliseconds on a steady clock. */
  isSpent({ topic, offset }: Pick<Received, 'topic' | 'offset'>, now: number): boolean {
    const last = this.#waits.get(topic)
    const before = last?.offset === offset ? last : undefined
    const fair = this.#isFair()
    const since = before?.fair && fair ? now - before.at : 0
    const waitedMs = (before?.waitedMs ?? 0) + since
    this.#waits.set(topic, { offset, at: now, fair, waitedMs })
    return waitedMs >= longestWaitMs
  }

  /** No attempt is made for a while: the time until the next one does not count. */
  pause(): void {
    for (const wait of this.#waits.values()) wait.fair = false
  }
}
