import { closeSync, openSync, writeSync } from 'node:fs'
import type { BadInvoice } from '@holdpoint/orders/invoices/invoices'
import { unwritable } from '../file-problems.ts'

/** So many are kept to be told; all are counted. */
const mostKept = 100

/** Invoices that could not be sent, with their lines and reasons. A file may take all of them. */
export class NotSent {
  readonly first: BadInvoice[] = []
  count = 0
  readonly #file: number | undefined

  constructor(file?: string) {
    try {
      this.#file = file === undefined ? undefined : openSync(file, 'w', 0o600)
    } catch (cause) {
      throw unwritable(file ?? '', cause)
    }
  }

  add(bad: BadInvoice): void {
    this.count++
    if (this.first.length < mostKept) this.first.push(bad)
    if (this.#file !== undefined) writeSync(this.#file, `${textOf(bad)}\n`)
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
  }
}

export const textOf = ({ invoice, problems }: BadInvoice): string =>
  `invoice ${invoice || '(without a number)'} was not sent: ${problems.join('; ')}`
