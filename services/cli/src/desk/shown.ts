import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** So many cases are remembered. */
const most = 500

/**
 * Remembers the digest of the order that each case was shown with, between one command and the next: an action is
 * bound to what its author saw, so that the router can refuse it when the order has changed since. A stack that was deleted
 * and made anew gives the same ids: `since`, when what was shown came to be, tells it from what was shown of the old one.
 */
export class Shown {
  readonly #file: string
  readonly #desk: string

  constructor(folder: string, deskUrl: string) {
    this.#file = join(folder, 'shown.json')
    this.#desk = deskUrl
  }

  digestOf(id: string, since = ''): string | undefined {
    return this.#read()[this.#key(id, since)]
  }

  /** Whether it could be written down: a home may be read-only, or its disk full. */
  remember(id: string, digest: string, since = ''): boolean {
    try {
      this.#put(this.#key(id, since), digest)
      return true
    } catch {
      return false
    }
  }

  get file(): string {
    return this.#file
  }

  #put(key: string, digest: string): void {
    const { [key]: _, ...others } = this.#read()
    const kept = Object.entries(others).slice(-(most - 1))
    mkdirSync(join(this.#file, '..'), { recursive: true, mode: 0o700 })
    this.#write(Object.fromEntries([...kept, [key, digest]]))
  }

  /** A file is whole or as it was before, and for its owner's eyes only. */
  #write(digests: Record<string, string>): void {
    const unfinished = `${this.#file}.${process.pid}`
    writeFileSync(unfinished, JSON.stringify(digests), { mode: 0o600 })
    renameSync(unfinished, this.#file)
  }

  #key(id: string, since: string): string {
    return `${this.#desk} ${id} ${since}`.trimEnd()
  }

  #read(): Record<string, string> {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8'))
    } catch {
      return {}
    }
  }
}
