import { setTimeout as pause } from 'node:timers/promises'

export interface Spread {
  p50: number
  p99: number
  max: number
  count: number
}

/** Nearest-rank percentiles; the values keep their unit. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort()
  const rank = (p: number) => sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN
  return { p50: rank(50), p99: rank(99), max: rank(100), count: sorted.length }
}

/** Counts arrivals of distinct keys and tells the rate between the first and the last of them. */
export class Arrivals {
  readonly #seen = new Set<string>()
  #first = 0
  #last = 0

  take(key: string): void {
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#last = performance.now()
    if (this.#seen.size === 1) this.#first = this.#last
  }

  get count(): number {
    return this.#seen.size
  }

  get perSecond(): number {
    return ((this.#seen.size - 1) * 1_000) / (this.#last - this.#first)
  }

  /** Resolves when so many have arrived; rejects when none came for a minute. */
  async reach(count: number): Promise<void> {
    let before = this.#seen.size
    let quietSince = performance.now()
    while (this.#seen.size < count) {
      await pause(20)
      if (this.#seen.size !== before) quietSince = performance.now()
      before = this.#seen.size
      if (performance.now() - quietSince > 60_000) throw new Error(`Only ${before} of ${count} arrived.`)
    }
  }
}
