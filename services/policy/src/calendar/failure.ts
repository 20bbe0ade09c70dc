/** What keeps a calendar from giving an answer. */
export type CalendarFailureCode = 'UNSOUND_CALENDAR' | 'OPEN_TOO_SELDOM' | 'OUT_OF_RANGE'

/** A calendar gives no answer: trying again with the same values cannot help. */
export class CalendarFailure extends Error {
  readonly code: CalendarFailureCode
  readonly canRetry = false

  constructor(code: CalendarFailureCode, message: string) {
    super(message)
    this.name = 'CalendarFailure'
    this.code = code
  }
}
