import type { DeadLetter } from '@holdpoint/desk-contract'
import type { Desk } from '../desk/desk.ts'

interface Page {
  deadLetters: DeadLetter[]
  next: string | null
}

/** Dead letters of orders that were sent from here, since an instant; those of others are none of its business. */
export class OwnDeadLetters {
  readonly #desk: Desk
  readonly #orderIds: ReadonlySet<string>
  readonly #since: number
  readonly #seen = new Map<string, { code: string; orderId: string }>()
  #newest: string | undefined

  /** `since`: milliseconds UTC. `orderIds` may grow. */
  constructor(desk: Desk, orderIds: ReadonlySet<string>, since: number) {
    this.#desk = desk
    this.#orderIds = orderIds
    this.#since = since
  }

  /** Reads those that have come since the last time; gives how many orders have one. */
  async read(): Promise<number> {
    let cursor: string | undefined
    let newest: string | undefined
    do {
      const page: Page = await this.#desk.get('/dead-letters', { limit: 500, cursor })
      newest ??= page.deadLetters[0] && placeOf(page.deadLetters[0])
      cursor = page.deadLetters.every((letter) => this.#isNew(letter)) ? (page.next ?? undefined) : undefined
      for (const letter of page.deadLetters.filter((one) => this.#isOwn(one)))
        this.#seen.set(placeOf(letter), letter)
    } while (cursor !== undefined)
    this.#newest = newest ?? this.#newest
    return new Set([...this.#seen.values()].map(({ orderId }) => orderId)).size
  }

  /** How many of each code. */
  get byCode(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { code } of this.#seen.values()) counts[code] = (counts[code] ?? 0) + 1
    return counts
  }

  /** They come newest first: behind the newest of the last time stands what is known. */
  #isNew(letter: DeadLetter): boolean {
    return Date.parse(letter.at) >= this.#since && placeOf(letter) !== this.#newest
  }

  #isOwn({ orderId, at }: DeadLetter): boolean {
    return Date.parse(at) >= this.#since && this.#orderIds.has(orderId)
  }
}

const placeOf = ({ topic, partition, offset }: DeadLetter): string => `${topic} ${partition} ${offset}`
