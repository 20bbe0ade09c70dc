import type { TopicName } from '@holdpoint/schemas'
import type { LaneRecord, Outcome } from '../port.ts'
import type { Received } from './received.ts'

type LaneInput = LaneRecord & Received

/** Gives the outcome of a record, or throws. */
type Ask = (record: LaneInput) => Outcome<TopicName> | Promise<Outcome<TopicName>>

/** What a handler was asked about a record before its turn. */
export interface Asked {
  /** The one that was handed over: what was found out about it in the meantime shows on it. */
  record: LaneInput
  outcome: Promise<Outcome<TopicName>>
  hasEnded: boolean
  isTaken: boolean
}

/**
 * The calls of a handler that handles records side by side: they begin in the order of the records, no more at a time than
 * may, and what each gives is kept until it is committed. So one record that takes long keeps those behind it from being
 * committed, and not from being handled; and when a commit fails, what was done is not done again.
 */
export class Ahead {
  readonly #most: number
  readonly #asked = new Map<string, Asked>()
  #running = 0
  #records: readonly LaneInput[] = []
  #next = 0
  #ask: Ask | undefined
  #isFinishing = false

  /** `most`: how many calls may run at a time. */
  constructor(most: number) {
    this.#most = most
  }

  /** Calls were begun that nobody has taken. */
  get owes(): boolean {
    return [...this.#asked.values()].some(({ isTaken }) => !isTaken)
  }

  /** Calls begin for these records from now on; for those that have one already, none begins again. */
  open(records: readonly LaneInput[], ask: Ask): void {
    this.#records = records
    this.#next = 0
    this.#ask = ask
    this.#begin()
  }

  /** No call begins any more. */
  finish(): void {
    this.#isFinishing = true
  }

  take(record: LaneInput): Asked | undefined {
    const asked = this.#find(record)
    if (asked) asked.isTaken = true
    return asked
  }

  /** What the call gave is of no use: the handler is to be called again. */
  drop(record: LaneInput): void {
    this.#asked.delete(nameOf(record))
  }

  /** What these calls gave is committed. */
  forget(records: readonly { topic: string; offset: number }[]): void {
    for (const record of records) this.#asked.delete(nameOf(record))
  }

  /** What lies before these positions of its topic is committed. */
  forgetBefore(positions: ReadonlyMap<string, number>): void {
    for (const [name, { record }] of this.#asked)
      if (record.offset < (positions.get(record.topic) ?? 0)) this.#asked.delete(name)
  }

  /** Whether the record's call has ended, waiting for it so long at most; one that has not begun is waited for as well. */
  async hasEnded(record: LaneInput, withinMs: number): Promise<boolean> {
    const asked = this.#find(record)
    if (asked?.hasEnded) return true
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs)
    })
    await Promise.race([tooLong, ...(asked ? [asked.outcome.catch(() => undefined)] : [])])
    clearTimeout(timer)
    return this.#find(record)?.hasEnded ?? false
  }

  /** A record that was read again is the same one if it has the same bytes. */
  #find(record: LaneInput): Asked | undefined {
    const asked = this.#asked.get(nameOf(record))
    return asked && isSame(asked.record, record) ? asked : undefined
  }

  #begin(): void {
    if (this.#isFinishing) return
    for (; this.#ask && this.#running < this.#most && this.#next < this.#records.length; this.#next++) {
      const record = this.#records[this.#next] as LaneInput
      if (!this.#find(record)) this.#call(record, this.#ask)
    }
  }

  #call(record: LaneInput, ask: Ask): void {
    this.#running++
    const outcome = (async () => ask(record))()
    const asked = { record, outcome, hasEnded: false, isTaken: false }
    this.#asked.set(nameOf(record), asked)
    const end = () => {
      asked.hasEnded = true
      this.#running--
      this.#begin()
    }
    outcome.then(end, end)
  }
}

function isSame(one: LaneInput, other: LaneInput): boolean {
  if (one === other) return true
  const [value, otherValue] = [one.valueBytes, other.valueBytes]
  return one.key === other.key && (value && otherValue ? value.equals(otherValue) : value === otherValue)
}

function nameOf({ topic, offset }: { topic: string; offset: number }): string {
  return `${topic} ${offset}`
}
