import { type Blocks, hashBytes, Rows, writeHash } from './rows.ts'

/** A sequence, and the hash of its entry. */
const headAt = 8
const rowBytes = headAt + hashBytes

/**
 * The heads of one chain that were signed, to be compared with its entries as these go by. Those in the order of their
 * entries lie in rows; one that comes after a later one, which no untouched trail has, is kept aside.
 */
export class SignedHeads {
  readonly #rows: Rows
  readonly #row = Buffer.alloc(rowBytes)
  readonly #strays: { sequence: number; head: string }[] = []
  #next = 0
  /** The last entry under a signature. */
  upTo = 0

  constructor(blocks: Blocks) {
    this.#rows = new Rows(rowBytes, blocks)
  }

  get count(): number {
    return this.#rows.length + this.#strays.length
  }

  /** False when it comes after a later one. */
  add(sequence: number, head: string): boolean {
    const isNext = sequence > this.upTo
    this.upTo = Math.max(this.upTo, sequence)
    if (isNext) {
      this.#row.writeDoubleLE(sequence)
      writeHash(this.#row, head, headAt)
      this.#rows.add(this.#row)
    } else this.#strays.push({ sequence, head })
    return isNext
  }

  /** Whether the entry, the next of its chain, is the one that was signed under its number, if any was. */
  agrees(sequence: number, hash: string): boolean {
    while (this.#next < this.#rows.length && this.#sequenceAt(this.#next) < sequence) this.#next++
    if (this.#next < this.#rows.length && this.#sequenceAt(this.#next) === sequence)
      if (this.#rows.at(this.#next).toString('hex', headAt) !== hash) return false
    return this.#strays.every((stray) => stray.sequence !== sequence || stray.head === hash)
  }

  /** Sequences that were signed behind an entry. */
  *behind(last: number): Generator<number> {
    for (let i = 0; i < this.#rows.length; i++) {
      const sequence = this.#sequenceAt(i)
      if (sequence > last) yield sequence
    }
    for (const { sequence } of this.#strays) if (sequence > last) yield sequence
  }

  #sequenceAt(index: number): number {
    return this.#rows.at(index).readDoubleLE()
  }
}
