import { Temporal } from 'temporal-polyfill'
import { dayMs, hourMs } from './dates.ts'

/**
 * The clocks of a zone. What a wall shows is told as milliseconds too: those at which UTC shows the same date and
 * time.
 */
export interface Zone {
  wallAt(atMs: number): number
  /**
   * The first instant at which the wall shows a time. Of a repeated hour that is the first one; for a time that a
   * spring gap leaves out, the first instant after the gap.
   */
  instantOf(wallMs: number): number
  /** Whether a date, in days since 1970-01-01, comes at all: Samoa had no 30 December 2011. */
  hasDay(day: number): boolean
}

/** A time during which the offset from UTC stays the same. */
interface Stretch {
  fromMs: number
  toMs: number
  offsetMs: number
}

/** No wall is further from UTC. */
const furthestMs = 26 * hourMs

/** Stretches are looked up for about a year at a time, when they are asked for. */
const pageMs = 365 * dayMs

const known = new Map<string, Zone>()

/** The zone of a name for which `zoneProblem` finds nothing. */
export function zoneOf(name: string): Zone {
  const zone = known.get(name) ?? createZone(name)
  known.set(name, zone)
  return zone
}

function createZone(name: string): Zone {
  const pages = new Map<number, Stretch[]>()
  const stretchAt = (atMs: number): Stretch => {
    const number = Math.floor(atMs / pageMs)
    const page = pages.get(number) ?? stretchesOf(name, number)
    pages.set(number, page)
    return page.find(({ toMs }) => atMs < toMs) as Stretch
  }
  const instantOf = (wallMs: number): number => {
    let stretch = stretchAt(wallMs - furthestMs)
    while (wallMs - stretch.offsetMs >= stretch.toMs) stretch = stretchAt(stretch.toMs)
    return Math.max(wallMs - stretch.offsetMs, stretch.fromMs)
  }
  return {
    wallAt: (atMs) => atMs + stretchAt(atMs).offsetMs,
    instantOf,
    hasDay: (day) => instantOf(day * dayMs) < instantOf((day + 1) * dayMs),
  }
}

function stretchesOf(name: string, page: number): Stretch[] {
  const endMs = (page + 1) * pageMs
  const stretches: Stretch[] = []
  let here: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(
    page * pageMs,
  ).toZonedDateTimeISO(name)
  while (here && here.epochMilliseconds < endMs) {
    const next: Temporal.ZonedDateTime | null = here.getTimeZoneTransition('next')
    stretches.push({
      fromMs: here.epochMilliseconds,
      toMs: Math.min(next?.epochMilliseconds ?? endMs, endMs),
      offsetMs: Math.round(here.offsetNanoseconds / 1e6),
    })
    here = next
  }
  return stretches
}
