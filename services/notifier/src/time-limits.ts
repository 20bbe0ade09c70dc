/** How long what is under way may still take once the process is to stop, milliseconds: a lane waits 4 s for it. */
const hurryMs = 2_000

/** The time limit of one piece of work. */
export interface TimeLimit {
  /** Raised when the time is over. */
  signal: AbortSignal
  /** The work has ended. */
  end(): void
}

/**
 * The time limits of everything that is under way. When the process is to stop they all end soon, so that each attempt
 * that was begun has an outcome, and none is made again because nobody knew of it.
 */
export class TimeLimits {
  readonly #running = new Set<AbortController>()
  #isHurried = false

  begin(withinMs: number): TimeLimit {
    const controller = new AbortController()
    const over = setTimeout(
      () => controller.abort(),
      this.#isHurried ? Math.min(withinMs, hurryMs) : withinMs,
    )
    this.#running.add(controller)
    return {
      signal: controller.signal,
      end: () => {
        clearTimeout(over)
        this.#running.delete(controller)
      },
    }
  }

  hurry(): void {
    this.#isHurried = true
    const running = [...this.#running]
    setTimeout(() => {
      for (const controller of running) controller.abort()
    }, hurryMs).unref()
  }
}
