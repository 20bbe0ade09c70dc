/** How dates with slashes are meant, such as 12/1/2010. */
export type DateOrder = 'm/d/y' | 'd/m/y'

export const dateOrders = ['m/d/y', 'd/m/y'] as const

const time = String.raw`(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.0+)?(?: ?([AaPp][Mm]))?`
const yearFirst = new RegExp(String.raw`^(\d{4})([-/])(\d{1,2})\2(\d{1,2})[ T]${time}$`)
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d) ${time}$`)

/**
 * A date and time as `YYYY-MM-DD HH:MM:SS`; undefined when the text is none, or can be read in two ways and no order is
 * said. Points mean that the day comes first, as everywhere where dates are written with them.
 */
export function wallTimeOf(text: string, order: DateOrder | undefined): string | undefined {
  const first = yearFirst.exec(text)
  if (first) {
    const [, year = '', , month = '', day = '', ...clock] = first
    return written(year, month, day, clock)
  }
  const last = yearLast.exec(text)
  if (!last) return undefined
  const [, a = '', sign, b = '', year = '', ...clock] = last
  const known = sign === '.' ? 'd/m/y' : order
  if (known === undefined) return undefined
  return known === 'm/d/y' ? written(inFull(year), a, b, clock) : written(inFull(year), b, a, clock)
}

function written(
  year: string,
  month: string,
  day: string,
  clock: (string | undefined)[],
): string | undefined {
  const [hour = '', minute = '', second = '00', half] = clock
  const hours = half === undefined ? Number(hour) : hoursOfHalf(Number(hour), half.toLowerCase())
  if (hours === undefined) return undefined
  const two = (part: string | number) => String(part).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)} ${two(hours)}:${minute}:${second}`
}

/** 12 AM is midnight, 12 PM is noon. */
function hoursOfHalf(hour: number, half: string): number | undefined {
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half === 'pm' ? 12 : 0)
}

/** As spreadsheets take a year of two digits. */
function inFull(year: string): string {
  if (year.length === 4) return year
  return Number(year) < 70 ? `20${year}` : `19${year}`
}

/** What a date with slashes says about the order of its parts: one, both, or nothing since it is no such date. */
export function orderShownBy(text: string): DateOrder | 'both' | undefined {
  const found = yearLast.exec(text)
  if (!found || found[2] === '.') return undefined
  const [first, second] = [Number(found[1]), Number(found[3])]
  if (first > 12) return 'd/m/y'
  return second > 12 ? 'm/d/y' : 'both'
}

/** Wall time of a day number of a spreadsheet, 1 being 1 January 1900 (or 0 being 1 January 1904). */
export function wallTimeOfSerial(serial: number, from1904: boolean): string | undefined {
  // Spreadsheets hold that there was a 29 February 1900: before 1 March 1900 day numbers are one short.
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 61 ? 31 : 30)
  const at = new Date(epoch + Math.round(serial * 86_400) * 1000)
  if (!(serial >= 0) || Number.isNaN(at.getTime())) return undefined
  return at.toISOString().slice(0, 19).replace('T', ' ')
}
