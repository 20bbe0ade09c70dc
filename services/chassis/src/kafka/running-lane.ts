import type { Ahead } from '../lane/ahead.ts'
import { type BatchContext, type HandledBatch, handleBatch, type LaneInput } from '../lane/handle-batch.ts'
import type { LaneState } from '../lane/lane-state.ts'
import type { Patience } from '../lane/patience.ts'
import { resolveSchemas } from '../lane/resolve-schemas.ts'
import { revisitKeys } from '../lane/revisit-keys.ts'
import type { Wait } from '../port.ts'
import { backOffMs } from './back-off.ts'
import { type FetchedPart, nameOf, type Place } from './brokers.ts'
import type { Fetcher } from './fetcher.ts'
import type { LaneParts } from './lane-parts.ts'
import { InputQueue, nextBatch } from './lane-queue.ts'
import type { LaneWaits } from './lane-waits.ts'
import type { LaneCommit, LaneLog } from './log/lane-log.ts'
import type { OpenedLane } from './open-lane.ts'

export interface RunningLaneOptions {
  partition: number
  waits: LaneWaits
  patience: Patience
  /** For a service that handles records side by side. */
  ahead: Ahead | undefined
  /** Raised when the lane is to end. */
  signal: AbortSignal
  /** Tells the group how far the lane is. */
  tellGroup(positions: ReadonlyMap<string, number>): Promise<void>
}

/** What came of handling some records or keys. */
interface Handled {
  commit?: LaneCommit
  wait?: Wait | undefined
}

/** How long after a batch the group is told how far the lane is, milliseconds. */
const tellAfterMs = 1_000

/** A lane that ends waits so long for calls that were begun ahead, milliseconds. */
const finishWithinMs = 4_000

/**
 * An open lane at work: fetches its inputs, hands their records to the service in order, and commits each batch by the
 * lane's log. While a batch is written the next one is handled; what it owes its readers is not kept back for that.
 */
export class RunningLane {
  readonly #parts: LaneParts
  readonly #options: RunningLaneOptions
  readonly #log: LaneLog
  readonly #state: LaneState
  readonly #queues = new Map<string, InputQueue>()
  readonly #fetcher: Fetcher
  #writing: Promise<void> | undefined
  #wake: (() => void) | undefined
  /** Why the lane cannot go on as it is. */
  #failure: Error | undefined
  /** So many records are handled one at a time. */
  #oneByOne = 0
  /** Keys that are still to be looked at again, and whether that comes before the next records. */
  #toRevisit: string[] = []
  #isRevisitNext = false
  /** The last look at a key had to wait. */
  #revisitWaits = false
  #registryFailures = 0
  /** Runs while something has happened of which the group does not know. */
  #telling: NodeJS.Timeout | undefined
  #isTimeToTell = false

  constructor(parts: LaneParts, { log, state, positions }: OpenedLane, options: RunningLaneOptions) {
    this.#parts = parts
    this.#options = options
    this.#log = log
    this.#state = state
    const { partition } = options
    for (const [topic, position] of positions)
      this.#queues.set(topic, new InputQueue(topic, partition, position, parts.codec))
    this.#fetcher = parts.fetcher
  }

  /** Works until the lane is to end, and ends in good order; rejects when it can only be opened anew. */
  async run(): Promise<void> {
    const { signal } = this.#options
    const reader = {
      take: (part: FetchedPart) => this.#take(part),
      lost: (place: Place) => this.#lose(place),
    }
    const end = () => this.#wakeUp()
    signal.addEventListener('abort', end)
    try {
      for (const queue of this.#queues.values()) this.#fetcher.want(queue, queue.fetchFrom, reader)
      this.#tellLater()
      this.revisit()
      while (!this.#isEnding) await this.#turn()
      await this.#finish()
      await this.#tell()
    } finally {
      signal.removeEventListener('abort', end)
      clearTimeout(this.#telling)
      for (const queue of this.#queues.values()) this.#fetcher.leave(queue, reader)
    }
  }

  /** What was begun ahead is handled, so that whoever has the lane next does not do it again. */
  async #finish(): Promise<void> {
    this.#options.ahead?.finish()
    const until = performance.now() + finishWithinMs
    while (this.#options.ahead?.owes && performance.now() < until) await this.#turn()
  }

  revisit(): void {
    if (!this.#parts.service.revisit) return
    this.#toRevisit = [...this.#state.keys()]
    this.#wakeUp()
  }

  get #isEnding(): boolean {
    return this.#options.signal.aborted
  }

  async #turn(): Promise<void> {
    const next = this.#writing || !this.#log.owes ? await this.#handleSome() : undefined
    await this.#written()
    if (this.#failure) throw this.#failure
    if (next?.commit || this.#log.owes) this.#write(next?.commit)
    if (next?.wait) {
      await this.#flush()
      await this.#options.waits.wait(next.wait, this.#options.signal)
    }
    if (this.#isTimeToTell) await this.#tell()
    if (!next && !this.#writing) await this.#sleep()
  }

  async #handleSome(): Promise<Handled | undefined> {
    const records = nextBatch(this.#queues.values(), this.#oneByOne > 0 ? 1 : undefined)
    const revisits = this.#toRevisit.length > 0 && (records.length === 0 || this.#isRevisitNext)
    this.#isRevisitNext = !revisits
    if (revisits) return this.#revisitSome()
    return records.length > 0 ? this.#handle(records) : undefined
  }

  async #handle(records: readonly LaneInput[]): Promise<Handled> {
    const unresolved = await this.#resolveSchemas(records)
    if (unresolved) return { wait: unresolved }
    const handling = this.#parts.metrics.batchSeconds.startTimer()
    const batch = await handleBatch(this.#context(), records)
    handling()
    this.#oneByOne = Math.max(this.#oneByOne - batch.handled, 0) + batch.oneByOne
    if (!batch.wait) this.#options.waits.end()
    if (batch.handled === 0) return { wait: batch.wait }
    return { commit: this.#taken(batch, records.slice(0, batch.handled)), wait: batch.wait }
  }

  /** Keys are looked at between batches, so that records do not wait for them. */
  async #revisitSome(): Promise<Handled> {
    const { service, access } = this.#parts
    const batch = revisitKeys(this.#context(), this.#toRevisit)
    this.#toRevisit = this.#toRevisit.slice(batch.looked)
    for (const { key, error } of batch.failed)
      access.log.error({ err: error, key }, `${service.service} could not look at what it keeps again`)
    if (!batch.wait && this.#revisitWaits) this.#options.waits.end()
    this.#revisitWaits = batch.wait !== undefined
    await new Promise((resolve) => setImmediate(resolve))
    return batch.overlay.changes.size > 0 || batch.publish.length > 0
      ? { commit: this.#taken(batch, []), wait: batch.wait }
      : { wait: batch.wait }
  }

  #context(): BatchContext {
    const { service, partitions, codec } = this.#parts
    const { partition, patience, ahead } = this.#options
    const clocks = { now: Date.now(), steadyNow: performance.now() }
    return { service, partition, partitions, state: this.#state, codec, patience, ahead, ...clocks }
  }

  /** Waits for the registry as long as it is away: its absence says nothing about the records. */
  async #resolveSchemas(records: readonly LaneInput[]): Promise<Wait | undefined> {
    try {
      await resolveSchemas(records, this.#parts.codec)
      this.#registryFailures = 0
      return undefined
    } catch (error) {
      const why = `The schema registry cannot be asked: ${error instanceof Error ? error.message : error}`
      return { why, afterMs: backOffMs(this.#registryFailures++) }
    }
  }

  /** What the batch changes holds from now on for what is handled next; only its log knows whether it is written. */
  #taken(batch: HandledBatch, records: readonly LaneInput[]): LaneCommit {
    const { publish, overlay, published } = batch
    overlay.merge()
    const positions = new Map<string, number>()
    for (const queue of this.#queues.values()) {
      const handled = records.filter(({ topic }) => topic === queue.topic).length
      const position = queue.positionAfter(handled)
      positions.set(queue.topic, position)
      queue.drop(handled, position)
      this.#measureLag(queue)
      if (queue.isDrained) this.#fetcher.resume(queue)
    }
    this.#count(batch, records.length)
    const handled = records.map(({ topic, offset }, i) => {
      const isLast = i === records.length - 1
      return { topic, offset, published: isLast ? publish.length : (published[i] as number) }
    })
    return { publish, changes: overlay.changes, handled, positions }
  }

  #write(commit: LaneCommit | undefined): void {
    const timer = this.#parts.metrics.commitSeconds.startTimer()
    const writing = this.#log.step(commit).then(() => {
      timer()
      this.#options.ahead?.forget(commit?.handled ?? [])
    })
    // The next turn waits for it and is told; until then nobody would be.
    writing.catch(() => undefined)
    this.#writing = writing
    this.#tellLater()
  }

  async #written(): Promise<void> {
    await this.#writing
    this.#writing = undefined
  }

  /** Nothing is being written, and nothing is owed. */
  async #flush(): Promise<void> {
    await this.#written()
    if (this.#log.owes) await this.#log.step()
  }

  #tellLater(): void {
    this.#telling ??= setTimeout(() => {
      this.#isTimeToTell = true
      this.#wakeUp()
    }, tellAfterMs).unref()
  }

  /** The log learns that nothing is owed, and the group how far the lane is. */
  async #tell(): Promise<void> {
    await this.#flush()
    await this.#log.settle()
    clearTimeout(this.#telling)
    this.#telling = undefined
    this.#isTimeToTell = false
    const positions = new Map(Array.from(this.#queues.values(), (queue) => [queue.topic, queue.position]))
    const told = this.#options.tellGroup(positions).catch((error: unknown) => {
      const { log } = this.#parts.access
      log.debug(
        { err: error, partition: this.#options.partition },
        'the group was not told how far the lane is',
      )
    })
    if (this.#isEnding) await told
  }

  #take(part: FetchedPart): void {
    const queue = this.#queues.get(part.topic)
    if (!queue) return
    queue.add(part)
    this.#measureLag(queue)
    if (queue.isFull) this.#fetcher.pause(queue)
    if (part.messages.length > 0) this.#wakeUp()
  }

  #lose(place: Place): void {
    this.#failure = new Error(`${nameOf(place)} has no record any more where the lane is.`)
    this.#wakeUp()
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      const hasRecords = [...this.#queues.values()].some(({ records }) => records.length > 0)
      const isToWake = hasRecords || this.#toRevisit.length > 0 || this.#failure || this.#isTimeToTell
      if (this.#isEnding || isToWake) resolve()
      else this.#wake = resolve
    })
  }

  #wakeUp(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  #count({ deadLettered, overlay }: HandledBatch, handled: number): void {
    const { metrics, access } = this.#parts
    const { partition } = this.#options
    if (handled > 0) metrics.batchRecords.observe(handled)
    metrics.outcomes.inc({ outcome: 'done', code: '' }, handled - deadLettered.length)
    if (overlay.changes.size > 0) metrics.stateKeys.set({ partition }, this.#state.size)
    for (const { record, code, problems } of deadLettered) {
      metrics.outcomes.inc({ outcome: 'deadLetter', code })
      const { topic, offset, key } = record
      const where = { topic, partition: record.partition, offset, orderId: key }
      access.log.warn({ ...where, code, problems }, 'record became a dead letter')
    }
  }

  #measureLag(queue: InputQueue): void {
    this.#parts.metrics.lag.set({ topic: queue.topic, partition: this.#options.partition }, queue.lag)
  }
}
