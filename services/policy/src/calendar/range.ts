import { CalendarFailure } from './failure.ts'

export const firstYear = 1970
export const lastYear = 2200
const endOfRange = Date.UTC(lastYear + 1, 0, 1)

/** Raises CalendarFailure for what is no instant between 1970 and 2200 in whole milliseconds. */
export function checkInstant(at: number): void {
  if (!Number.isSafeInteger(at) || at < 0 || at >= endOfRange)
    throw new CalendarFailure(
      'OUT_OF_RANGE',
      `${at} is not an instant between ${firstYear} and ${lastYear}, in whole milliseconds since 1970`,
    )
}
