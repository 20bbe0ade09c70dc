import type { EachBatchPayload } from 'kafkajs'
import {
  type AnyLaneService,
  type BatchContext,
  type HandledBatch,
  handleBatch,
  type LaneInput,
} from '../lane/handle-batch.ts'
import type { LaneCodec } from '../lane/lane-codec.ts'
import type { LaneState } from '../lane/lane-state.ts'
import type { Partitions } from '../lane/misplaced.ts'
import { Patience } from '../lane/patience.ts'
import { resolveSchemas } from '../lane/resolve-schemas.ts'
import { revisitKeys } from '../lane/revisit-keys.ts'
import type { Wait, WaitingLane } from '../port.ts'
import type { ChassisMetrics } from '../runtime/metrics.ts'
import { backOffMs, pauseFor } from './back-off.ts'
import type { KafkaAccess } from './kafka-access.ts'
import type { ConsumedLane, LaneControl } from './lane-control.ts'
import type { LaneOffsets } from './lane-offsets.ts'
import type { LaneProducer } from './lane-producer.ts'
import { InputQueue, nextBatch } from './lane-queue.ts'
import { type PreparedLane, prepareLane } from './prepare-lane.ts'
import type { StateRestorer } from './state-restorer.ts'

/** What all lanes of a service share. */
export interface LaneParts {
  service: AnyLaneService
  partitions: Partitions
  codec: LaneCodec
  access: KafkaAccess
  offsets: LaneOffsets
  restorer: StateRestorer | undefined
  metrics: ChassisMetrics
  /** Whether the tables that handlers look at are up to date as far as anybody can know. */
  tablesAreRead(): boolean
}

/** A lane while it is prepared: nothing of it can be handled. */
interface Preparing {
  status: 'preparing'
}

/** A lane whose state is restored and whose producer is the only one. */
interface Open {
  status: 'open'
  producer: LaneProducer
  state: LaneState
  queues: Map<string, InputQueue>
}

/**
 * One lane of a service: takes fetched records, hands them to the service in order, and writes outputs, state and
 * offsets of each batch in one transaction. After any error in a transaction its outcome is unknown: producer and
 * state are dropped and the lane is prepared anew from what Kafka has.
 */
export class KafkaLane implements ConsumedLane {
  readonly #parts: LaneParts
  readonly #partition: number
  readonly #control: LaneControl
  readonly #closing = new AbortController()
  #now: Preparing | Open = { status: 'preparing' }
  #work: Promise<void>
  #wake: (() => void) | undefined
  /** So many records are handled one at a time. */
  #oneByOne = 0
  /** Keys that are still to be looked at again. */
  #toRevisit: string[] = []
  /** The last look at a key had to wait. */
  #revisitWaits = false
  readonly #patience: Patience
  #waiting: WaitingLane | undefined

  constructor(parts: LaneParts, partition: number, control: LaneControl) {
    this.#parts = parts
    this.#partition = partition
    this.#control = control
    this.#patience = new Patience(parts.tablesAreRead)
    parts.metrics.lanes.inc({ status: 'preparing' })
    this.#work = this.#live()
  }

  get ready(): boolean {
    return this.#now.status === 'open'
  }

  /** What the lane waits for, since it last went on. */
  get waiting(): WaitingLane | undefined {
    return this.#waiting
  }

  take({ batch, isStale, resolveOffset }: EachBatchPayload): void {
    const queue = this.#now.status === 'open' ? this.#now.queues.get(batch.topic) : undefined
    if (!queue || isStale()) return
    const from = queue.fetchFrom
    if (queue.add(batch) === 'refetch') {
      this.#control.resume(batch.topic, from)
      return
    }
    resolveOffset(batch.lastOffset())
    this.#measureLag(queue)
    if (queue.full) this.#control.pause([batch.topic])
    this.#wake?.()
  }

  rejoined(): void {
    const queues = this.#now.status === 'open' ? this.#now.queues.values() : []
    if (this.#now.status === 'preparing') this.#control.pause(this.#parts.service.inputs)
    for (const queue of queues) {
      if (queue.full) this.#control.pause([queue.topic])
      else this.#control.resume(queue.topic, queue.fetchFrom)
    }
  }

  revisit(): void {
    if (this.#now.status !== 'open' || !this.#parts.service.revisit) return
    this.#toRevisit = [...this.#now.state.keys()]
    this.#wake?.()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#wake?.()
    await this.#work
    this.#goOn()
    this.#parts.metrics.lanes.dec({ status: this.#now.status })
  }

  /** Prepares the lane and handles what comes, again and again, until the lane is closed. */
  async #live(): Promise<void> {
    for (let failures = 0; !this.#isClosing; failures++) {
      try {
        await this.#open(await prepareLane(this.#parts, this.#partition, this.#closing.signal))
        failures = 0
        await this.#handleAll()
      } catch (error) {
        await this.#drop()
        if (!this.#isClosing) await this.#recover(error, failures)
      }
    }
    await this.#drop()
  }

  get #isClosing(): boolean {
    return this.#closing.signal.aborted
  }

  async #open({ producer, state, positions }: PreparedLane): Promise<void> {
    const queues = new Map<string, InputQueue>()
    for (const [topic, position] of positions)
      queues.set(topic, new InputQueue(topic, this.#partition, position, this.#parts.codec))
    this.#enter({ status: 'open', producer, state, queues })
    this.#oneByOne = 0
    this.#goOn()
    this.#parts.access.log.info({ partition: this.#partition, keys: state.size }, 'lane is open')
    for (const [topic, position] of positions) this.#control.resume(topic, position)
    this.revisit()
  }

  async #handleAll(): Promise<void> {
    while (!this.#isClosing && this.#now.status === 'open') {
      const records = nextBatch(this.#now.queues.values(), this.#oneByOne > 0 ? 1 : undefined)
      if (records.length > 0) await this.#handle(this.#now, records)
      if (this.#toRevisit.length > 0) await this.#revisitSome(this.#now)
      else if (records.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  async #handle(open: Open, records: readonly LaneInput[]): Promise<void> {
    const { metrics } = this.#parts
    if (!(await this.#resolveSchemas(records))) return
    const handling = metrics.batchSeconds.startTimer()
    const batch = await handleBatch(this.#context(open), records)
    handling()
    // Also when the lane is closing: what handlers have sent away is not to be sent again.
    this.#oneByOne = Math.max(this.#oneByOne - batch.handled, 0) + batch.oneByOne
    if (batch.handled > 0) await this.#commit(open, batch, records.slice(0, batch.handled))
    if (batch.wait) await this.#wait(batch.wait)
    else this.#goOn()
  }

  /** Keys are looked at between batches, so that records do not wait for them. */
  async #revisitSome(open: Open): Promise<void> {
    const { service, access } = this.#parts
    const batch = revisitKeys(this.#context(open), this.#toRevisit)
    this.#toRevisit = this.#toRevisit.slice(batch.looked)
    for (const { key, error } of batch.failed)
      access.log.error(
        { err: error, orderId: key, partition: this.#partition },
        'state could not be looked at',
      )
    if (batch.publish.length > 0 || batch.overlay.changes.size > 0) {
      await open.producer.commit(this.#writes(batch), service.service, [])
      batch.overlay.merge()
    }
    if (batch.wait) await this.#wait(batch.wait)
    else {
      if (this.#revisitWaits) this.#goOn()
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#revisitWaits = batch.wait !== undefined
  }

  #context({ state }: Open): BatchContext {
    const { service, partitions, codec } = this.#parts
    const clocks = { now: Date.now(), steadyNow: performance.now() }
    const [partition, patience] = [this.#partition, this.#patience]
    return { service, partition, partitions, state, codec, patience, ...clocks }
  }

  /** Waits for the registry as long as it is away: its absence says nothing about the records. No when closing. */
  async #resolveSchemas(records: readonly LaneInput[]): Promise<boolean> {
    for (let failures = 0; !this.#isClosing; failures++) {
      try {
        await resolveSchemas(records, this.#parts.codec)
        return true
      } catch (error) {
        const why = `The schema registry cannot be asked: ${error instanceof Error ? error.message : error}`
        await this.#wait({ why, afterMs: backOffMs(failures) })
      }
    }
    return false
  }

  async #commit(open: Open, batch: HandledBatch, records: readonly LaneInput[]): Promise<void> {
    const timer = this.#parts.metrics.transactionSeconds.startTimer()
    const done = [...open.queues.values()].map((queue) => {
      const handled = records.filter((record) => record.topic === queue.topic).length
      return { queue, handled, offset: queue.positionAfter(handled) }
    })
    const offsets = done
      .filter(({ handled }) => handled > 0)
      .map(({ queue: { topic, partition }, offset }) => ({ topic, partition, offset }))
    await open.producer.commit(this.#writes(batch), this.#parts.service.service, offsets)
    timer()
    batch.overlay.merge()
    for (const { queue, handled, offset } of done) if (handled > 0) this.#finish(queue, handled, offset)
    this.#tell(batch, records.length)
  }

  #writes({ publish, overlay }: HandledBatch): HandledBatch['publish'] {
    const { state } = this.#parts.service
    if (!state) return publish
    return [...publish, ...Array.from(overlay.changes, ([key, value]) => ({ topic: state, key, value }))]
  }

  #finish(queue: InputQueue, handled: number, offset: number): void {
    queue.drop(handled, offset)
    this.#measureLag(queue)
    if (!queue.full || !queue.isDrained || this.#isClosing) return
    queue.full = false
    this.#control.resume(queue.topic, queue.fetchFrom)
  }

  #tell({ deadLettered, overlay }: HandledBatch, handled: number): void {
    const { metrics, access } = this.#parts
    metrics.batchRecords.observe(handled)
    metrics.outcomes.inc({ outcome: 'done', code: '' }, handled - deadLettered.length)
    if (overlay.changes.size > 0 && this.#now.status === 'open')
      metrics.stateKeys.set({ partition: this.#partition }, this.#now.state.size)
    for (const { record, code, problems } of deadLettered) {
      metrics.outcomes.inc({ outcome: 'deadLetter', code })
      const { topic, partition, offset, key } = record
      access.log.warn(
        { topic, partition, offset, orderId: key, code, problems },
        'record became a dead letter',
      )
    }
  }

  async #wait({ why, afterMs }: Wait): Promise<void> {
    const { metrics, access } = this.#parts
    const [partition, now] = [this.#partition, Date.now()]
    metrics.outcomes.inc({ outcome: 'retryLater', code: '' })
    if (this.#waiting?.why !== why) access.log.warn({ partition, why }, 'lane waits')
    const since = this.#waiting?.since ?? now
    this.#waiting = { lane: partition, why, since }
    metrics.laneWaiting.set({ partition }, (now - since) / 1_000)
    await pauseFor(afterMs, this.#closing.signal)
  }

  #goOn(): void {
    if (this.#waiting) this.#parts.metrics.laneWaiting.remove({ partition: this.#partition })
    this.#waiting = undefined
  }

  async #recover(error: unknown, failures: number): Promise<void> {
    const { access, metrics, service } = this.#parts
    metrics.laneResets.inc()
    const why = error instanceof Error ? error.message : String(error)
    this.#waiting = { lane: this.#partition, why, since: this.#waiting?.since ?? Date.now() }
    this.#patience.pause()
    access.log.warn({ err: error, partition: this.#partition }, 'lane is prepared anew after an error')
    this.#control.pause(service.inputs)
    if (isFinal(error)) this.#control.fail(error)
    await pauseFor(backOffMs(failures), this.#closing.signal)
    await this.#control.stillMember(this.#closing.signal)
  }

  /** Nothing of the lane is used after this: neither its state nor its producer. */
  async #drop(): Promise<void> {
    const now = this.#now
    this.#enter({ status: 'preparing' })
    if (now.status === 'open') await now.producer.close()
  }

  #enter(next: Preparing | Open): void {
    this.#parts.metrics.lanes.dec({ status: this.#now.status })
    this.#parts.metrics.lanes.inc({ status: next.status })
    this.#now = next
  }

  #measureLag(queue: InputQueue): void {
    this.#parts.metrics.lag.set({ topic: queue.topic, partition: this.#partition }, queue.lag)
  }
}

function isFinal(error: unknown): boolean {
  return (error as { canRetry?: boolean }).canRetry === false
}
