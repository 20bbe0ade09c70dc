import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** So many cases are remembered. */
const most = 500

/**
 * Remembers the digest of the order that each case was shown with, between one command and the next: an action is
 * bound to what its author saw, so that the router can refuse it when the order has changed since.
 */
export class Shown {
  readonly #file: string
  readonly #desk: string

  constructor(folder: string, deskUrl: string) {
    this.#file = join(folder, 'shown.json')
    this.#desk = deskUrl
  }

  digestOf(caseId: string): string | undefined {
    return this.#read()[this.#key(caseId)]
  }

  remember(caseId: string, digest: string): void {
    const { [this.#key(caseId)]: _, ...others } = this.#read()
    const kept = Object.entries(others).slice(-(most - 1))
    mkdirSync(join(this.#file, '..'), { recursive: true })
    const unfinished = `${this.#file}.${process.pid}`
    writeFileSync(unfinished, JSON.stringify(Object.fromEntries([...kept, [this.#key(caseId), digest]])))
    renameSync(unfinished, this.#file)
  }

  forget(caseId: string): void {
    const { [this.#key(caseId)]: digest, ...others } = this.#read()
    if (digest !== undefined) writeFileSync(this.#file, JSON.stringify(others))
  }

  #key(caseId: string): string {
    return `${this.#desk} ${caseId}`
  }

  #read(): Record<string, string> {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8'))
    } catch {
      return {}
    }
  }
}
