import { setTimeout as sleep } from 'node:timers/promises'

/** What was missed may be made up for, this far back. */
const makeUpMs = 1_000

/** Lets so many things a second through, evenly; everything at once when there is no rate. */
export class Pace {
  readonly #gapMs: number
  #next: number

  constructor(perSecond: number | undefined) {
    this.#gapMs = perSecond === undefined ? 0 : 1000 / perSecond
    this.#next = performance.now()
  }

  /** Resolves when `count` more things may go. */
  async take(count: number, signal?: AbortSignal): Promise<void> {
    if (this.#gapMs === 0) return
    const now = performance.now()
    const wait = this.#next - now
    this.#next = Math.max(this.#next, now - makeUpMs) + count * this.#gapMs
    if (wait > 0) await sleep(wait, undefined, signal ? { signal } : {})
  }
}
