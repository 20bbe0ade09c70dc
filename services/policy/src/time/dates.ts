export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** UTC date of an instant, in days since 1970-01-01. */
export const utcDayOf = (at: number): number => Math.floor(at / dayMs)

/** `2026-12-24`, from days since 1970-01-01. */
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** Days since 1970-01-01, from `2026-12-24`. */
export const dayOf = (date: string): number => Date.parse(date) / dayMs

/** 0 is Monday, 6 is Sunday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7
