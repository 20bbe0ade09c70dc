/** Bytes that are no value of their topic. The record can never be read; its bytes are kept as a dead letter. */
export class Undecodable extends Error {
  readonly code = 'UNDECODABLE'
  readonly canRetry = false
}

export function isUndecodable(error: unknown): error is Error {
  return error instanceof Error && error.constructor.name === 'Undecodable'
}
