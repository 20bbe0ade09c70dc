export type ChassisErrorCode =
  | 'CONFIG_INVALID'
  | 'KAFKA_AWAY'
  | 'PUBLISH_UNKNOWN'
  | 'TOPIC_MISSING'
  | 'LANES_DO_NOT_MATCH'
  | 'TOPIC_TOO_NARROW'
  | 'OFFSETS_LOST'
  | 'RECORDS_LOST'
  | 'STATE_UNREADABLE'
  | 'LANE_TAKEN'
  | 'FENCE_OLD'
  | 'FENCE_UNSEEN'
  | 'OUTPUTS_LOST'
  | 'JOURNAL_BEHIND'
  | 'CONSUMER_STOPPED'
  | 'TOO_LARGE'
  | 'STOPPED'

/** Something outside of the records is wrong. The message says what happened, where, and what to do. */
export class ChassisError extends Error {
  readonly code: ChassisErrorCode
  /** Whether trying again can help without anybody doing something. */
  readonly canRetry: boolean

  constructor(
    code: ChassisErrorCode,
    message: string,
    options: { canRetry?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'ChassisError'
    this.code = code
    this.canRetry = options.canRetry ?? false
  }
}
