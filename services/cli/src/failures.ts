/** The answer is no, or something failed: exit code 1. The message says what happened, where, and what to do. */
export class Failure extends Error {
  readonly code: string

  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.name = 'Failure'
    this.code = code
  }
}

/** The command was used wrongly: exit code 2. */
export class Misuse extends Error {
  readonly code = 'MISUSE'
  override readonly name = 'Misuse'
}

export function exitCodeOf(error: unknown): 1 | 2 {
  return error instanceof Misuse ? 2 : 1
}
