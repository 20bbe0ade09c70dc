/**
 * Why an invoice file gives no orders. `MISUSE`: something was asked for that there is not, such as an encoding or a
 * file; else what is wrong with the file. The message says what, where, and what to do.
 */
export class UnreadableInvoices extends Error {
  readonly code: string

  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.name = 'UnreadableInvoices'
    this.code = code
  }
}

export const misuse = (message: string): UnreadableInvoices => new UnreadableInvoices('MISUSE', message)
