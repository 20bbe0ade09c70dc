/** Hours of one day, in minutes since its midnight. Over midnight, `close` is past 1,440. */
export interface Hours {
  readonly open: number
  readonly close: number
}

export const dayMinutes = 1_440

type ReadHours = { hours: Hours } | { problem: string; hint: string }

/** `09:00-17:30`; `22:00-06:00` ends on the next day; `00:00-24:00` is a whole day. */
export function readHours(text: string): ReadHours {
  const [, ...digits] = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text) ?? []
  const [open, close] = clockTimes(digits)
  if (open === undefined || close === undefined || open === dayMinutes)
    return { problem: `"${text.slice(0, 60)}" are no hours`, hint: writeInstead(text) }
  if (open === close)
    return {
      problem: `the hours "${text}" have no length`,
      hint: 'write 00:00-24:00 for a whole day; leave the day out when it is closed',
    }
  return { hours: { open, close: close > open ? close : close + dayMinutes } }
}

/** As the policy writes them. */
export function hoursInWords({ open, close }: Hours): string {
  return `${clock(open)}-${clock(close > dayMinutes ? close - dayMinutes : close)}`
}

/** The first two of these hours that share a minute; hours on the next day are later by 1,440 minutes. */
export function overlapIn(hours: readonly Hours[]): [Hours, Hours] | undefined {
  const sorted = inOrder(hours)
  const second = sorted.findIndex(({ open }, index) => open < (sorted[index - 1]?.close ?? 0))
  return second > 0 ? [sorted[second - 1] as Hours, sorted[second] as Hours] : undefined
}

export const inOrder = (hours: readonly Hours[]): Hours[] => hours.toSorted((a, b) => a.open - b.open)

/** The same hours by a midnight that is so many minutes earlier. */
export const later = (hours: readonly Hours[], minutes: number): Hours[] =>
  hours.map(({ open, close }) => ({ open: open + minutes, close: close + minutes }))

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Minutes of two clock times, from four numbers; empty when one of them does not exist. */
function clockTimes(digits: readonly string[]): number[] {
  const [hourA, minuteA, hourB, minuteB] = digits.map(Number) as [number, number, number, number]
  const times = [hourA * 60 + minuteA, hourB * 60 + minuteB]
  return minuteA < 60 && minuteB < 60 && times.every((time) => time <= dayMinutes) ? times : []
}

/** `9-17.30` and `9:00 – 17:30` can only mean one thing. */
function writeInstead(text: string): string {
  const loose = /^\s*(\d{1,2})(?:[:.](\d\d))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d\d))?\s*$/.exec(text)
  const [, a = '', b = '00', c = '', d = '00'] = loose ?? []
  const written = `${a.padStart(2, '0')}:${b}-${c.padStart(2, '0')}:${d}`
  const isMeant = loose !== null && written !== text && 'hours' in readHours(written)
  return isMeant ? `write "${written}"` : 'write "09:00-17:30", with clock times from 00:00 to 24:00'
}
