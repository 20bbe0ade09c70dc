import { z } from 'zod'

const hours = z.string().max(60)
const hoursOfDay = z.union([hours, z.array(hours).min(1, 'is empty').max(24)], {
  error: 'is neither hours such as "09:00-17:30" nor a list of them',
})
const key = z.string().max(60)

/** One calendar of a policy file. What its texts mean is checked by `calendarProblems`. */
export const calendarShape = z.strictObject({
  /** IANA zone, such as Europe/London. */
  zone: z.string().max(60),
  /** `always`, or hours by days: `mon`, `mon-thu`, `fri-mon`, `mon,wed`. */
  open: z.union([z.literal('always'), z.record(key, hoursOfDay)], {
    error: 'is neither "always" nor hours by days, such as { mon-fri: "09:00-17:30" }',
  }),
  /** Region of date-holidays, such as GB-ENG: its public holidays close the whole local day. */
  holidays: z.string().max(60).optional(),
  /** Dates on which it is closed besides: `2026-12-24`, or `12-24` for every year. */
  closed: z.array(key).max(1_000).optional(),
  /** Dates on which exactly these hours hold, whatever the other fields say. */
  'extra-open': z.record(key, hoursOfDay).optional(),
})

export type CalendarDefinition = z.infer<typeof calendarShape>

/** For what keeps no hours. */
export const alwaysOpen: CalendarDefinition = { zone: 'UTC', open: 'always' }

/** What to write for each field. */
export const calendarHints: Readonly<Record<keyof CalendarDefinition, string>> = {
  zone: 'zone: Europe/London (the place whose clock counts)',
  open: 'open: { mon-thu: "09:00-17:30", fri: ["09:00-12:00", "13:00-16:30"] }, or open: always',
  holidays: 'holidays: GB-ENG (a region whose public holidays are closed)',
  closed: 'closed: [2026-12-24, 12-31] (a date without a year counts in every year)',
  'extra-open': 'extra-open: { 2026-12-19: "10:00-14:00" } (dates on which exactly these hours hold)',
}
