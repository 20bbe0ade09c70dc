import { backOffMs, pauseFor } from './back-off.ts'
import { Brokers, type FetchedPart, nameOf, type Place, type Wanted } from './brokers.ts'
import type { KafkaAccess } from './kafka-access.ts'

export interface FetcherOptions {
  access: KafkaAccess
  topics: readonly string[]
  /** A broker has answered a fetch. */
  answered?(): void
}

/** Who reads a partition. Its calls never throw and never wait. */
export interface PartReader {
  take(part: FetchedPart): void
  /** The offset that was asked for is not in the partition; nothing more comes. */
  lost(place: Place): void
}

interface Reading extends Wanted {
  reader: PartReader
  paused: boolean
}

/** A broker answers a fetch at once when there is something, or after this much. */
const restMs = 2_000
/** While a partition is paused nobody may wait long: it could not be fetched before the end of that wait. */
const pausedMs = 20
const bytesPerPartition = 1024 * 1024
/** A broker that comes back is asked within a second, however long it was away. */
const mostFailures = 3
/** The log of a broker that stays away, or answers nothing, says so once in so many attempts. */
const failuresPerWarning = 20

/**
 * Reads partitions for any number of readers, one request at a time for each broker, and rests at the broker while there
 * is nothing new. A request under way cannot be changed, so for a partition that is wanted besides, another one is begun
 * over a new connection, and the answer to the old one is nobody's.
 */
export class Fetcher {
  readonly #options: FetcherOptions
  readonly #readings = new Map<string, Reading>()
  #round: Round | undefined
  #starting: NodeJS.Immediate | undefined

  constructor(options: FetcherOptions) {
    this.#options = options
  }

  /** Reads a partition from an offset on, whatever was read of it before. */
  want({ topic, partition }: Place, from: number, reader: PartReader): void {
    const reading = { topic, partition, from, maxBytes: bytesPerPartition, reader, paused: false }
    this.#readings.set(nameOf(reading), reading)
    // What is wanted in the same turn is asked for in one request.
    this.#starting ??= setImmediate(() => this.#start())
  }

  /** Nothing of the partition is handed to this reader any more; another one may have it since. */
  leave(place: Place, reader: PartReader): void {
    if (this.#readings.get(nameOf(place))?.reader === reader) this.#readings.delete(nameOf(place))
  }

  pause(place: Place): void {
    const reading = this.#readings.get(nameOf(place))
    if (reading) reading.paused = true
  }

  resume(place: Place): void {
    const reading = this.#readings.get(nameOf(place))
    if (!reading?.paused) return
    reading.paused = false
    this.#round?.wake()
  }

  stop(): void {
    this.#readings.clear()
    clearImmediate(this.#starting)
    this.#round?.end()
  }

  #start(): void {
    this.#starting = undefined
    this.#round?.end()
    this.#round = new Round(this.#options, this.#readings)
  }
}

/** The requests of a fetcher from one `want` to the next. */
class Round {
  readonly #options: FetcherOptions
  readonly #readings: ReadonlyMap<string, Reading>
  readonly #brokers: Brokers
  readonly #ending = new AbortController()
  /** The nodes that are asked at present. */
  readonly #asked = new Set<string>()
  #wakes: (() => void)[] = []

  constructor(options: FetcherOptions, readings: ReadonlyMap<string, Reading>) {
    this.#options = options
    this.#readings = readings
    this.#brokers = new Brokers(options.access, options.topics)
    this.#lead()
  }

  wake(): void {
    const wakes = this.#wakes
    this.#wakes = []
    for (const wake of wakes) wake()
  }

  end(): void {
    this.#ending.abort()
    this.wake()
    this.#brokers.close()
  }

  get #hasEnded(): boolean {
    return this.#ending.signal.aborted
  }

  /** Sees to it that each node that leads a partition is asked. */
  async #lead(): Promise<void> {
    for (let failures = 0; !this.#hasEnded; ) {
      try {
        for (const node of (await this.#brokers.byLeader([...this.#readings.values()])).keys())
          this.#ask(node)
        failures = 0
        await this.#sleep()
      } catch (error) {
        this.#options.access.log.debug({ err: error }, 'leaders are not known yet')
        await this.#learn(failures++)
      }
    }
  }

  async #ask(node: string): Promise<void> {
    if (this.#asked.has(node)) return
    this.#asked.add(node)
    for (let failures = 0; !this.#hasEnded; ) {
      try {
        const mine = (await this.#brokers.byLeader([...this.#readings.values()])).get(node) ?? []
        if (mine.length === 0) break
        const wanted = mine.filter(({ paused }) => !paused)
        if (wanted.length === 0) await this.#sleep()
        else await this.#fetch(node, wanted, wanted.length < mine.length ? pausedMs : restMs)
        failures = 0
      } catch (error) {
        if (this.#hasEnded) break
        const level = failures % failuresPerWarning === mostFailures ? 'warn' : 'debug'
        this.#options.access.log[level]({ err: error, node }, 'a broker does not answer a fetch')
        if (isOutOfRange(error)) await this.#tellLost()
        await this.#learn(failures++)
      }
    }
    this.#asked.delete(node)
    this.wake()
  }

  async #fetch(node: string, wanted: readonly Reading[], maxWaitMs: number): Promise<void> {
    const asked = new Map(wanted.map((reading) => [nameOf(reading), { ...reading, reading }]))
    const parts = await this.#brokers.fetch(node, [...asked.values()], maxWaitMs)
    if (this.#hasEnded) return
    this.#options.answered?.()
    for (const part of parts) {
      const { reading, from } = asked.get(nameOf(part)) ?? {}
      // Somebody has left, or wants it from elsewhere since.
      if (!reading || this.#readings.get(nameOf(part)) !== reading || reading.from !== from) continue
      reading.from = part.next
      reading.reader.take(part)
    }
  }

  /** The broker does not say which partition it means. */
  async #tellLost(): Promise<void> {
    const readings = [...this.#readings.values()]
    const [begins, ends] = [
      await this.#brokers.offsets(readings, 'earliest'),
      await this.#brokers.offsets(readings, 'latest'),
    ]
    for (const [i, { from, reader, topic, partition }] of readings.entries())
      if (from < (begins[i] as number) || from > (ends[i] as number)) reader.lost({ topic, partition })
  }

  /** Learns anew who leads; the next try says whether that helped. */
  async #learn(failures: number): Promise<void> {
    await pauseFor(backOffMs(Math.min(failures, mostFailures)), this.#ending.signal)
    await this.#brokers.refresh().catch(() => undefined)
    this.wake()
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#hasEnded) resolve()
      else this.#wakes.push(resolve)
    })
  }
}

function isOutOfRange(error: unknown): boolean {
  return (error as { type?: string }).type === 'OFFSET_OUT_OF_RANGE'
}
