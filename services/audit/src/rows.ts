/** Where blocks of bytes are put aside. */
export interface Blocks {
  /** Takes the bytes, which may change afterwards; gives the number by which they are found again. */
  keep(bytes: Buffer): number
  /** Fills a buffer with what was kept, from its beginning. */
  read(number: number, into: Buffer): void
}

/** In memory, which then grows with the trail. */
export function memoryBlocks(): Blocks {
  const all: Buffer[] = []
  return {
    keep: (bytes) => all.push(Buffer.from(bytes)) - 1,
    read: (number, into) => void all[number]?.copy(into),
  }
}

const rowsOfBlock = 256
const none = -1

/**
 * Rows of one size in the order in which they were added: a trail has millions of them. In memory are the block that is
 * filled and the one that was read last, so that reading on from row to row is fast.
 */
export class Rows {
  readonly #bytes: number
  readonly #blocks: Blocks
  readonly #kept: number[] = []
  readonly #filled: Buffer
  readonly #read: Buffer
  /** Place of the block that was read last. */
  #readPlace = none
  length = 0

  /** `bytes`: of a row. */
  constructor(bytes: number, blocks: Blocks) {
    this.#bytes = bytes
    this.#blocks = blocks
    this.#filled = Buffer.alloc(bytes * rowsOfBlock)
    this.#read = Buffer.alloc(bytes * rowsOfBlock)
  }

  add(row: Buffer): void {
    row.copy(this.#filled, (this.length++ % rowsOfBlock) * this.#bytes)
    if (this.length % rowsOfBlock === 0) this.#kept.push(this.#blocks.keep(this.#filled))
  }

  /** Holds until the next call. */
  at(index: number): Buffer {
    const from = (index % rowsOfBlock) * this.#bytes
    return this.#blockOf(Math.floor(index / rowsOfBlock)).subarray(from, from + this.#bytes)
  }

  #blockOf(place: number): Buffer {
    const number = this.#kept[place]
    if (number === undefined) return this.#filled
    if (place !== this.#readPlace) this.#blocks.read(number, this.#read)
    this.#readPlace = place
    return this.#read
  }
}

export const hashBytes = 32
const hex = /^[0-9a-f]{64}$/

/** Writes a SHA-256 hash of 64 hexadecimal digits; any other text as a hash that nothing has. */
export function writeHash(row: Buffer, text: string, at: number): void {
  if (hex.test(text)) row.write(text, at, 'hex')
  else row.fill(0, at, at + hashBytes)
}
