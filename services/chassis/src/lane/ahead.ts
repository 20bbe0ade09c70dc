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
}

/**
 * The calls of a handler that handles records side by side: they begin in the order of the records, no more at a time than
 * may, and what each gives is kept until it is the record's turn. So one record that takes long keeps those behind it
 * from being committed, and not from being handled. Each call counts once: who takes it and does not like what it gave
 * has the handler called again.
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
    return this.#asked.size > 0
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
    const name = nameOf(record)
    const asked = this.#asked.get(name)
    this.#asked.delete(name)
    return asked
  }

  /** Whether the record's call has ended, waiting for it so long at most; one that has not begun is waited for as well. */
  async hasEnded(record: LaneInput, withinMs: number): Promise<boolean> {
    const asked = this.#asked.get(nameOf(record))
    if (asked?.hasEnded) return true
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs)
    })
    await Promise.race([tooLong, ...(asked ? [asked.outcome.catch(() => undefined)] : [])])
    clearTimeout(timer)
    return this.#asked.get(nameOf(record))?.hasEnded ?? false
  }

  #begin(): void {
    if (this.#isFinishing) return
    for (; this.#ask && this.#running < this.#most && this.#next < this.#records.length; this.#next++) {
      const record = this.#records[this.#next] as LaneInput
      if (!this.#asked.has(nameOf(record))) this.#call(record, this.#ask)
    }
  }

  #call(record: LaneInput, ask: Ask): void {
    this.#running++
    const outcome = (async () => ask(record))()
    const asked = { record, outcome, hasEnded: false }
    this.#asked.set(nameOf(record), asked)
    const end = () => {
      asked.hasEnded = true
      this.#running--
      this.#begin()
    }
    outcome.then(end, end)
  }
}

function nameOf({ topic, offset }: LaneInput): string {
  return `${topic} ${offset}`
}
