export type UndecodableCode =
  | 'UNREADABLE_BATCH'
  | 'TOO_SHORT'
  | 'TOO_LARGE'
  | 'NO_SCHEMA_ID'
  | 'UNKNOWN_SCHEMA'
  | 'INCOMPATIBLE_SCHEMA'
  | 'MALFORMED'
  | 'INVALID_UTF8'
  | 'TRAILING_BYTES'

export interface FieldProblem {
  /** The field, as `order.lines.quantity`. */
  path: string
  message: string
}

/** Bytes that can never be read as a message of their topic. */
export class Undecodable extends Error {
  readonly canRetry = false
  readonly code: UndecodableCode
  /** What is wrong with the bytes, and where. */
  readonly reason: string
  /** The same for each field; the path is empty for the whole of a message. */
  readonly problems: readonly FieldProblem[]

  constructor(code: UndecodableCode, problems: string | readonly FieldProblem[]) {
    const all = typeof problems === 'string' ? [{ path: '', message: problems }] : problems
    const reason = all.map(({ path, message }) => (path ? `${path} ${message}` : message)).join('; ')
    super(reason)
    this.name = 'Undecodable'
    this.code = code
    this.reason = reason
    this.problems = all
  }
}

/** A value that does not fit the schema of its topic: a fault of the program that made it. */
export class Unencodable extends Error {
  readonly code = 'UNENCODABLE'
  readonly canRetry = false

  constructor(topic: string, reason: string) {
    super(`A message for ${topic} does not fit its schema: ${reason}`)
    this.name = 'Unencodable'
  }
}

/** The registry does not answer, or answers with a failure of its own. */
export class RegistryAway extends Error {
  readonly code = 'REGISTRY_AWAY'
  readonly canRetry = true

  constructor(url: string, cause: unknown) {
    super(`The schema registry at ${url} cannot be used: ${messageOf(cause)}`, { cause })
    this.name = 'RegistryAway'
  }
}

/** The registry takes no such schema for the subject. */
export class RegistryRefused extends Error {
  readonly code = 'REGISTRY_REFUSED'
  readonly canRetry = false

  constructor(subject: string, cause: unknown) {
    super(
      `The schema registry refuses the schema of ${subject}, because readers of older messages could not use it ` +
        `or the registry keeps another compatibility: ${messageOf(cause)}`,
      { cause },
    )
    this.name = 'RegistryRefused'
  }
}

/** `decode` met a schema id that `resolve` has not been asked for. */
export class SchemaNotResolved extends Error {
  readonly code = 'SCHEMA_NOT_RESOLVED'
  readonly canRetry = true

  constructor(topic: string, id: number) {
    super(`Schema ${id} of ${topic} has not been loaded: call resolve() with these bytes first.`)
    this.name = 'SchemaNotResolved'
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
