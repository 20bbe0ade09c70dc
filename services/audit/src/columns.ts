const atFirst = 256

/** Numbers in the order in which they were added, 8 bytes each: a trail has millions of them. */
export class Numbers {
  #values = new Float64Array(atFirst)
  length = 0

  add(value: number): void {
    if (this.length === this.#values.length) {
      const more = new Float64Array(2 * this.length)
      more.set(this.#values)
      this.#values = more
    }
    this.#values[this.length++] = value
  }

  at(index: number): number {
    return this.#values[index] as number
  }
}

const hashBytes = 32
const hex = /^[0-9a-f]{64}$/

/** SHA-256 hashes in the order in which they were added, 32 bytes each. */
export class Hashes {
  #bytes = Buffer.alloc(atFirst * hashBytes)
  length = 0

  /** Takes a hash as 64 hexadecimal digits; any other text is kept as a hash that nothing has. */
  add(text: string): void {
    const at = this.length * hashBytes
    if (at === this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(at)])
    if (hex.test(text)) this.#bytes.write(text, at, 'hex')
    this.length++
  }

  at(index: number): string {
    return this.#bytes.toString('hex', index * hashBytes, (index + 1) * hashBytes)
  }

  is(index: number, hash: Uint8Array): boolean {
    const at = index * hashBytes
    return this.#bytes.compare(hash, 0, hashBytes, at, at + hashBytes) === 0
  }
}
