import type { Logger } from 'pino'
import type { Wait, WaitingLane } from '../port.ts'
import type { ChassisMetrics } from '../runtime/metrics.ts'
import { pauseFor } from './back-off.ts'

/** It waits for this now: since before, where it has waited for something already. */
export function waitsFor(lane: number, why: unknown, before: WaitingLane | undefined): WaitingLane {
  const text = why instanceof Error ? why.message : String(why)
  return { lane, why: text, since: before?.since ?? Date.now() }
}

/** What a lane waits for, as it is told to the log, the metrics and whoever asks. */
export class LaneWaits {
  readonly #partition: number
  readonly #metrics: ChassisMetrics
  readonly #log: Logger
  #waiting: WaitingLane | undefined

  constructor(partition: number, metrics: ChassisMetrics, log: Logger) {
    this.#partition = partition
    this.#metrics = metrics
    this.#log = log
  }

  /** Set from the moment at which the lane could not go on until it goes on. */
  get waiting(): WaitingLane | undefined {
    return this.#waiting
  }

  /** The wait begins, or goes on for another reason. */
  begin(why: unknown): WaitingLane {
    this.#waiting = waitsFor(this.#partition, why, this.#waiting)
    return this.#waiting
  }

  /** Waits for a while; ends early when `signal` is raised. */
  async wait({ why, afterMs }: Wait, signal: AbortSignal): Promise<void> {
    this.#metrics.outcomes.inc({ outcome: 'retryLater', code: '' })
    if (this.#waiting?.why !== why) this.#log.warn({ partition: this.#partition, why }, 'lane waits')
    const { since } = this.begin(why)
    this.#metrics.laneWaiting.set({ partition: this.#partition }, (Date.now() - since) / 1_000)
    await pauseFor(afterMs, signal)
  }

  end(): void {
    if (this.#waiting) this.#metrics.laneWaiting.remove({ partition: this.#partition })
    this.#waiting = undefined
  }
}
