export type StackErrorCode =
  | 'JAVA_MISSING'
  | 'MAVEN_MISSING'
  | 'FETCH_FAILED'
  | 'REDIS_MISSING'
  | 'PORT_TAKEN'
  | 'ALREADY_RUNNING'
  | 'OTHER_LAYOUT'
  | 'OPTION_INVALID'
  | 'NO_SPACE'
  | 'NOT_READY'
  | 'STOPPED'
  | 'NOT_OURS'
  | 'DOCKER_FAILED'
  | 'COMMAND_FAILED'

/** Something that the person at the terminal can mend: the message says what happened and what to do. */
export class StackError extends Error {
  readonly code: StackErrorCode

  constructor(code: StackErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StackError'
    this.code = code
  }
}
