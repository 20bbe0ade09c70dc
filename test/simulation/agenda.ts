import TinyQueue from 'tinyqueue'

interface Entry {
  at: number
  /** Breaks ties: what was planned first happens first. */
  number: number
  act(): void
}

/** What is going to happen, on a clock that jumps from one thing to the next. */
export class Agenda {
  readonly #entries = new TinyQueue<Entry>([], (one, other) => one.at - other.at || one.number - other.number)
  #count = 0
  now: number

  constructor(start: number) {
    this.now = start
  }

  plan(at: number, act: () => void): void {
    this.#entries.push({ at: Math.max(at, this.now), number: this.#count++, act })
  }

  /** Everything that is planned, and what that makes come, in the order of time. Raises when it does not end by then. */
  run(until: number): void {
    for (;;) {
      const next = this.#entries.pop()
      if (!next) return
      if (next.at > until) throw new Error(`Things go on after ${new Date(until).toISOString()}.`)
      this.now = next.at
      next.act()
    }
  }
}
