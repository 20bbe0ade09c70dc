import type { Calendar } from './calendar.ts'

/** Sums over days are kept for so many days at a time. */
const pageDays = 512

/** What the days from the first of a page up to and with each have together. */
interface Page {
  workingDays: Uint16Array
  /** Milliseconds of open time; a year of them is exact. */
  openMs: Float64Array
}

/** Sums over days of a calendar, in steps of a page however many they are. */
export interface DaySums {
  /** Days in `(after, last]` on which an opening begins. Days count from 1970-01-01. */
  workingDays(after: number, last: number): number
  /** Milliseconds of the openings that begin on the days in `(after, last]`. */
  openMs(after: number, last: number): number
}

const known = new WeakMap<Calendar, DaySums>()

/** Worked out once for each page that is asked for. */
export function daySumsOf(calendar: Calendar): DaySums {
  const sums = known.get(calendar) ?? createSums(calendar)
  known.set(calendar, sums)
  return sums
}

function createSums(calendar: Calendar): DaySums {
  const pages = new Map<number, Page>()
  const pageAt = (number: number): Page => {
    const page = pages.get(number) ?? readPage(calendar, number * pageDays)
    pages.set(number, page)
    return page
  }
  const sum = (kind: keyof Page, after: number, last: number): number => {
    if (last <= after) return 0
    const to = Math.floor(last / pageDays)
    let total = pageAt(to)[kind][last - to * pageDays] as number
    const from = Math.floor(after / pageDays)
    total -= pageAt(from)[kind][after - from * pageDays] as number
    for (let number = from; number < to; number++) total += pageAt(number)[kind][pageDays - 1] as number
    return total
  }
  return {
    workingDays: (after, last) => sum('workingDays', after, last),
    openMs: (after, last) => sum('openMs', after, last),
  }
}

function readPage({ openingsOn }: Calendar, firstDay: number): Page {
  const page: Page = { workingDays: new Uint16Array(pageDays), openMs: new Float64Array(pageDays) }
  let days = 0
  let ms = 0
  for (let index = 0; index < pageDays; index++) {
    const openings = openingsOn(firstDay + index)
    if (openings.length > 0) days++
    for (const { open, close } of openings) ms += close - open
    page.workingDays[index] = days
    page.openMs[index] = ms
  }
  return page
}
