import { Ahead } from '../lane/ahead.ts'
import { Patience } from '../lane/patience.ts'
import type { WaitingLane } from '../port.ts'
import { backOffMs, pauseFor } from './back-off.ts'
import type { GivenLane, LaneControl } from './lane-control.ts'
import type { LaneParts } from './lane-parts.ts'
import { LaneWaits } from './lane-waits.ts'
import { openLane } from './open-lane.ts'
import { RunningLane } from './running-lane.ts'

/**
 * One lane of a service while this process has it: opened, at work, and opened again after any error. What was written
 * when a write fails is not known, so nothing of the lane is used after it: what Kafka has is read anew.
 */
export class KafkaLane implements GivenLane {
  readonly #parts: LaneParts
  readonly #partition: number
  readonly #control: LaneControl
  readonly #closing = new AbortController()
  readonly #patience: Patience
  /** Stays when the lane is opened again, so that nothing is sent twice for that. */
  readonly #ahead: Ahead | undefined
  readonly #waits: LaneWaits
  readonly #work: Promise<void>
  /** Undefined while the lane is opened. */
  #running: RunningLane | undefined

  constructor(parts: LaneParts, partition: number, control: LaneControl) {
    this.#parts = parts
    this.#partition = partition
    this.#control = control
    this.#patience = new Patience(parts.tablesAreRead)
    const { sideBySide } = parts.service
    this.#ahead = sideBySide === undefined ? undefined : new Ahead(sideBySide)
    this.#waits = new LaneWaits(partition, parts.metrics, parts.access.log)
    parts.metrics.lanes.inc({ status: 'preparing' })
    this.#work = this.#live()
  }

  get ready(): boolean {
    return this.#running !== undefined
  }

  /** What the lane waits for, since it last went on. */
  get waiting(): WaitingLane | undefined {
    return this.#waits.waiting
  }

  revisit(): void {
    this.#running?.revisit()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#work
    this.#waits.end()
    this.#parts.metrics.lanes.dec({ status: 'preparing' })
  }

  async #live(): Promise<void> {
    for (let failures = 0; !this.#closing.signal.aborted; failures++) {
      try {
        const running = await this.#open()
        failures = 0
        this.#enter(running)
        await running.run()
        this.#enter(undefined)
      } catch (error) {
        this.#enter(undefined)
        if (!this.#closing.signal.aborted) await this.#recover(error, failures)
      }
    }
  }

  async #open(): Promise<RunningLane> {
    const partition = this.#partition
    const { signal } = this.#closing
    const opened = await openLane(this.#parts, partition, signal)
    this.#ahead?.forgetBefore(opened.positions)
    this.#parts.access.log.info({ partition, keys: opened.state.size }, 'lane is open')
    this.#waits.end()
    return new RunningLane(this.#parts, opened, {
      partition,
      signal,
      waits: this.#waits,
      patience: this.#patience,
      ahead: this.#ahead,
      tellGroup: (positions) => this.#control.commit(partition, positions),
    })
  }

  async #recover(error: unknown, failures: number): Promise<void> {
    const { access, metrics } = this.#parts
    const { signal } = this.#closing
    metrics.laneResets.inc()
    this.#waits.begin(error)
    this.#patience.pause()
    access.log.warn({ err: error, partition: this.#partition }, 'lane is opened anew after an error')
    if (isFinal(error)) this.#control.fail(error)
    await pauseFor(backOffMs(failures), signal)
    // To open a lane shuts out whoever has it: only a member that has it may.
    await this.#control.stillMember(signal)
  }

  #enter(running: RunningLane | undefined): void {
    if (this.#running === running) return
    this.#running = running
    const { lanes } = this.#parts.metrics
    lanes.inc({ status: running ? 'open' : 'preparing' })
    lanes.dec({ status: running ? 'preparing' : 'open' })
  }
}

function isFinal(error: unknown): boolean {
  return (error as { canRetry?: boolean }).canRetry === false
}
