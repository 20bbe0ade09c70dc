import { maxInstant, type TopicName, Undecodable } from '@holdpoint/schemas'
import type { LaneRecord } from '../port.ts'
import type { LaneCodec } from './lane-codec.ts'

/** A record as it lies in its topic. */
export interface RawRecord {
  topic: TopicName
  partition: number
  offset: number
  /** Milliseconds UTC, as its producer set it. */
  timestamp: number
  key: Buffer | null
  value: Buffer | null
}

/** What Kafka writes where a record has no time of its own. */
const noTimestamp = -1

/** A record whose value is decoded when somebody first looks at it. */
export class Received {
  readonly topic: TopicName
  readonly partition: number
  readonly offset: number
  /** A producer may set any number, also one that no date can hold and that could be written nowhere again. */
  readonly timestamp: number
  readonly keyBytes: Buffer | null
  readonly valueBytes: Buffer | null
  readonly #codec: LaneCodec
  #key: string | undefined
  #value: unknown
  #failure: Undecodable | undefined
  #fault: unknown

  constructor(raw: RawRecord, codec: LaneCodec) {
    this.topic = raw.topic
    this.partition = raw.partition
    this.offset = raw.offset
    this.timestamp = Math.min(Math.max(raw.timestamp, noTimestamp), maxInstant)
    this.keyBytes = raw.key
    this.valueBytes = raw.value
    this.#codec = codec
  }

  get key(): string {
    this.#key ??= this.keyBytes?.toString('utf8') ?? ''
    return this.#key
  }

  get value(): unknown {
    if (this.#failure) throw this.#failure
    if (this.#value === undefined) this.#value = this.#decode()
    return this.#value
  }

  /** Why the value can never be decoded, once somebody looked at it or `refuse` was called. */
  get failure(): Undecodable | undefined {
    return this.#failure
  }

  /** Why the value could not be decoded for now, through no fault of the record. */
  get fault(): unknown {
    return this.#fault
  }

  /** Nobody can ever read this record: reading its value throws `failure` from now on. */
  refuse(failure: Undecodable): void {
    this.#failure = failure
  }

  /** Lets go of the decoded value, many times as large as its bytes; who looks again has it decoded again. */
  forget(): void {
    this.#value = undefined
  }

  #decode(): unknown {
    if (this.valueBytes === null) return null
    try {
      return this.#codec.decode(this.topic, this.valueBytes)
    } catch (error) {
      if (error instanceof Undecodable) this.#failure = error
      else this.#fault = error
      throw error
    }
  }
}

export function laneRecord(raw: RawRecord, codec: LaneCodec): LaneRecord & Received {
  return new Received(raw, codec) as LaneRecord & Received
}
