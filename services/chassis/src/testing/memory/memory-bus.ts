import type { ServiceName, TopicName } from '@holdpoint/schemas'
import type { EncodedRecord } from '../../lane/outgoing.ts'
import type { RawRecord } from '../../lane/received.ts'
import { partitionOf } from '../../partition-of.ts'

/** Topics, and the offsets that services have committed, in memory. What is written here is committed. */
export class MemoryBus {
  readonly partitions: number
  readonly #topics = new Map<TopicName, RawRecord[][]>()
  readonly #committed = new Map<string, number>()

  constructor(partitions: number) {
    this.partitions = partitions
  }

  put(record: EncodedRecord, timestamp: number, partition?: number): RawRecord {
    const lane = partition ?? (record.key === null ? 0 : partitionOf(record.key, this.partitions))
    const log = this.log(record.topic, lane)
    const key = record.key === null ? null : Buffer.from(record.key)
    const { topic, value } = record
    const raw = { topic, partition: lane, offset: log.length, timestamp, key, value }
    log.push(raw)
    return raw
  }

  /** Records of one partition, in order. */
  log(topic: TopicName, partition: number): RawRecord[] {
    let logs = this.#topics.get(topic)
    if (!logs) {
      logs = Array.from({ length: this.partitions }, () => [])
      this.#topics.set(topic, logs)
    }
    const log = logs[partition]
    if (!log)
      throw new RangeError(`${topic} has ${this.partitions} partitions, and none with number ${partition}.`)
    return log
  }

  /** Records of all partitions, each partition in order. */
  all(topic: TopicName): RawRecord[] {
    return Array.from({ length: this.partitions }, (_, partition) => this.log(topic, partition)).flat()
  }

  committed(service: ServiceName, topic: TopicName, partition: number): number {
    return this.#committed.get(`${service} ${topic} ${partition}`) ?? 0
  }

  commit(service: ServiceName, topic: TopicName, partition: number, next: number): void {
    this.#committed.set(`${service} ${topic} ${partition}`, next)
  }
}
