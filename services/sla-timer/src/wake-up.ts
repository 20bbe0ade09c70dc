/**
 * The longest sleep of a lane. It bounds how late a fire can be when the clock is put forward, and how long a wiped
 * Redis stays unnoticed while nothing happens.
 */
export const longestSleepMs = 1_000

/** How long to sleep until the next timer is due; `next` is undefined when none is pending. */
export function sleepMs(now: number, next: number | undefined): number {
  if (next === undefined) return longestSleepMs
  return Math.min(Math.max(next - now, 1), longestSleepMs)
}

/** 0.1 s, 0.2 s, 0.4 s … 2 s after the 1st, 2nd, 3rd … failure in a row. */
export function backOffMs(failuresInARow: number): number {
  return Math.min(100 * 2 ** (failuresInARow - 1), 2_000)
}

/** A sleep that can be ended early. */
export class Alarm {
  #ring: (() => void) | undefined
  #until = 0

  /** When the current sleep ends by itself; 0 when nobody sleeps. */
  get until(): number {
    return this.#until
  }

  async sleep(ms: number): Promise<void> {
    this.#until = Date.now() + ms
    await new Promise<void>((resolve) => {
      const timeout = setTimeout(resolve, ms)
      this.#ring = () => {
        clearTimeout(timeout)
        resolve()
      }
    })
    this.#until = 0
    this.#ring = undefined
  }

  ring(): void {
    this.#ring?.()
  }
}
