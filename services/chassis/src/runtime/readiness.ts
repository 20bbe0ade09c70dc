import type { WaitingLane } from '../port.ts'

/** A lane that has waited for longer, milliseconds, keeps its process from being ready. */
export const toldAfterMs = 60_000

interface Condition {
  what: string
  isReady: () => boolean
  waiting: () => readonly WaitingLane[]
}

/** Whether a process can do its work, and what it waits for while it cannot. */
export class Readiness {
  readonly #conditions: Condition[] = []
  readonly #now: () => number
  #started = false

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  started(): void {
    this.#started = true
  }

  when(what: string, isReady: () => boolean, waiting: () => readonly WaitingLane[] = () => []): void {
    this.#conditions.push({ what, isReady, waiting })
  }

  /** In words; empty when the process is ready. */
  waitsFor(): string[] {
    return [
      ...(this.#started ? [] : ['the start']),
      ...this.#conditions.filter(({ isReady }) => !isReady()).map(({ what }) => what),
      ...this.waitingLanes()
        .filter(({ since }) => this.#now() - since > toldAfterMs)
        .map(inWords),
    ]
  }

  /** Lanes that wait, also those that have not for long. */
  waitingLanes(): WaitingLane[] {
    return this.#conditions.flatMap(({ waiting }) => waiting())
  }
}

function inWords({ lane, why, since }: WaitingLane): string {
  return `lane ${lane}, which has waited since ${new Date(since).toISOString()}: ${why}`
}
