import type { TopicName } from '@holdpoint/schemas'
import { Ahead } from '../../lane/ahead.ts'
import {
  type AnyLaneService,
  type BatchContext,
  type HandledBatch,
  handleBatch,
  type LaneInput,
} from '../../lane/handle-batch.ts'
import { interleave } from '../../lane/interleave.ts'
import type { LaneCodec } from '../../lane/lane-codec.ts'
import { LaneState } from '../../lane/lane-state.ts'
import { Patience } from '../../lane/patience.ts'
import { laneRecord, type RawRecord } from '../../lane/received.ts'
import { resolveSchemas } from '../../lane/resolve-schemas.ts'
import { revisitKeys } from '../../lane/revisit-keys.ts'
import type { MemoryBus } from './memory-bus.ts'

/** One lane on the in-memory bus: what it writes for a batch, its state and its offsets change together. */
export class MemoryLane {
  readonly #service: AnyLaneService
  readonly #bus: MemoryBus
  readonly #codec: LaneCodec
  readonly #partition: number
  readonly #state = new LaneState()
  readonly #patience = new Patience()
  readonly #ahead: Ahead | undefined
  #oneByOne = 0

  constructor(service: AnyLaneService, bus: MemoryBus, codec: LaneCodec, partition: number) {
    this.#service = service
    this.#bus = bus
    this.#codec = codec
    this.#partition = partition
    this.#ahead = service.sideBySide === undefined ? undefined : new Ahead(service.sideBySide)
    if (service.state)
      for (const { key, value } of bus.log(service.state, partition)) this.#state.set(String(key), value)
  }

  state(key: string): Buffer | undefined {
    return this.#state.get(key)
  }

  /** Handles what waits. Gives why the lane stopped before the end, if it did. */
  async run(now: number): Promise<string | undefined> {
    for (;;) {
      const records = this.#waiting()
      if (records.length === 0) return undefined
      await resolveSchemas(records, this.#codec)
      const wait = await this.#handle(records, now)
      if (wait) return wait
    }
  }

  /** Every key is looked at again. Gives why the lane stopped before the end, if it did. */
  revisit(now: number): string | undefined {
    const context = this.#context(now)
    const keys = [...this.#state.keys()]
    for (let left = keys; left.length > 0; ) {
      const batch = revisitKeys(context, left)
      this.#write(batch, now)
      for (const { error } of batch.failed) throw error
      if (batch.wait) return batch.wait.why
      left = left.slice(batch.looked)
    }
    return undefined
  }

  async #handle(records: LaneInput[], now: number): Promise<string | undefined> {
    const batch = await handleBatch(this.#context(now), this.#oneByOne > 0 ? records.slice(0, 1) : records)
    this.#oneByOne = Math.max(this.#oneByOne - batch.handled, 0) + batch.oneByOne
    this.#write(batch, now)
    this.#ahead?.forget(records.slice(0, batch.handled))
    for (const { topic, offset } of records.slice(0, batch.handled))
      this.#bus.commit(this.#service.service, topic, this.#partition, offset + 1)
    return batch.wait?.why
  }

  #context(now: number): BatchContext {
    const [service, partition, state, codec] = [this.#service, this.#partition, this.#state, this.#codec]
    const partitions = () => this.#bus.partitions
    const [patience, ahead] = [this.#patience, this.#ahead]
    return { service, partition, partitions, state, codec, patience, ahead, now, steadyNow: now }
  }

  #write({ publish, overlay }: Pick<HandledBatch, 'publish' | 'overlay'>, now: number): void {
    for (const record of publish) this.#bus.put(record, now, this.#partition)
    if (this.#service.state)
      for (const [key, value] of overlay.changes)
        this.#bus.put({ topic: this.#service.state, key, value }, now, this.#partition)
    overlay.merge()
  }

  #waiting(): LaneInput[] {
    const rest = (topic: TopicName): RawRecord[] =>
      this.#bus
        .log(topic, this.#partition)
        .slice(this.#bus.committed(this.#service.service, topic, this.#partition))
    return interleave(this.#service.inputs.map(rest)).map((raw) => laneRecord(raw, this.#codec))
  }
}
