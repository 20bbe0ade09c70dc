import { Hashes, Numbers } from './columns.ts'

/**
 * The heads of one chain that were signed, to be compared with its entries as these go by. Those in the order of their
 * entries lie in columns; one that comes after a later one, which no untouched trail has, is kept aside.
 */
export class SignedHeads {
  readonly #sequences = new Numbers()
  readonly #heads = new Hashes()
  readonly #strays: { sequence: number; head: string }[] = []
  #next = 0
  /** The last entry under a signature. */
  upTo = 0

  get count(): number {
    return this.#sequences.length + this.#strays.length
  }

  /** False when it comes after a later one. */
  add(sequence: number, head: string): boolean {
    const isNext = sequence > this.upTo
    this.upTo = Math.max(this.upTo, sequence)
    if (isNext) {
      this.#sequences.add(sequence)
      this.#heads.add(head)
    } else this.#strays.push({ sequence, head })
    return isNext
  }

  /** Whether the entry, the next of its chain, is the one that was signed under its number, if any was. */
  agrees(sequence: number, hash: string): boolean {
    while (this.#next < this.#sequences.length && this.#sequences.at(this.#next) < sequence) this.#next++
    if (this.#sequences.at(this.#next) === sequence && this.#next < this.#sequences.length)
      if (this.#heads.at(this.#next) !== hash) return false
    return this.#strays.every((stray) => stray.sequence !== sequence || stray.head === hash)
  }

  /** Sequences that were signed behind an entry. */
  *behind(last: number): Generator<number> {
    for (let i = 0; i < this.#sequences.length; i++)
      if (this.#sequences.at(i) > last) yield this.#sequences.at(i)
    for (const { sequence } of this.#strays) if (sequence > last) yield sequence
  }
}
