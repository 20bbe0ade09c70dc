/** Tells once when every partition has been read up to the end that it had at the start. */
export class CaughtUp {
  readonly #tell: () => void
  #ends: Map<string, number> | undefined
  #told = false

  constructor(tell: () => void) {
    this.#tell = tell
  }

  get isReached(): boolean {
    return this.#told
  }

  /** Says where reading begins and ends; asked anew, partitions that were reached stay so. */
  start(partitions: readonly { of: string; from: number; end: number }[]): void {
    if (this.#told) return
    this.#ends ??= new Map(partitions.map(({ of, end }) => [of, end]))
    for (const { of, from } of partitions) this.reach(of, from)
    this.#check()
  }

  /** Everything before `next` has been handed over. */
  reach(partition: string, next: number): void {
    const end = this.#ends?.get(partition)
    if (end === undefined || next < end) return
    this.#ends?.delete(partition)
    this.#check()
  }

  #check(): void {
    if (this.#told || this.#ends?.size !== 0) return
    this.#told = true
    this.#tell()
  }
}
