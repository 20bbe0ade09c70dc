import fc from 'fast-check'
import type { Pause } from '../calendar/pauses.ts'
import type { CalendarDefinition } from '../calendar/shape.ts'

/**
 * What a calendar means, told minute by minute for tests: it walks from one minute to the next, reads the wall clock,
 * and looks into the definition. Everything is in minutes since 1970 UTC, and it shares no code with the calendar.
 */
export interface SlowModel {
  isOpen(minute: number): boolean
  elapsed(minutes: number, pauses: readonly Pause[]): number
  open(minutes: number, pauses: readonly Pause[]): number
  workingDays(count: number, pauses: readonly Pause[]): number
  /** The same clock time on the working day was within opening hours: nothing was cut. */
  isUncut(count: number): boolean
}

/** Leaves out situations in which the model would walk for longer than tests want to wait. */
export function unlessTooFar<Value>(walk: () => Value): Value {
  try {
    return walk()
  } catch (error) {
    if (!(error instanceof TooFar)) throw error
    return fc.pre(false) as never
  }
}

class TooFar extends Error {}

const longestWalk = 45 * 1_440
/** No clock is ever set back by more. */
const lookBack = 240

interface State {
  clock: number
  /** The latest time that the clock has shown so far: in a repeated hour it stands. */
  reached: number
  /** The working day, when it is open. */
  day: number | undefined
}

export function slowModel(definition: CalendarDefinition, from: number): SlowModel {
  const { zone } = definition
  const states: State[] = []
  const first = from - lookBack

  const stateAt = (minute: number): State => {
    if (minute - from > longestWalk) throw new TooFar()
    while (states.length <= minute - first) {
      const clock = clockAt(zone, first + states.length)
      const reached = Math.max(clock, states.at(-1)?.reached ?? 0)
      states.push({ clock, reached, day: openDay(reached) })
    }
    return states[minute - first] as State
  }

  const days = new Map<number, [open: number, close: number][]>()
  const hoursOn = (day: number) => {
    const known = days.get(day) ?? hoursOf(definition, day)
    days.set(day, known)
    return known
  }

  const openDay = (reached: number): number | undefined => {
    const today = Math.floor(reached / 1_440)
    return [today, today - 1].find((day) =>
      hoursOn(day).some(([open, close]) => day * 1_440 + open <= reached && reached < day * 1_440 + close),
    )
  }

  const isOpen = (minute: number) => stateAt(minute).day !== undefined
  const walkUntil = (minute: number, is: (minute: number) => boolean): number => {
    let at = minute
    while (!is(at)) at++
    return at
  }
  const count = (minute: number, minutes: number, counts: (minute: number) => boolean): number => {
    let at = minute
    for (let left = minutes; left > 0; at++) if (counts(at)) left--
    return at
  }

  const sameClock = (days: number) => {
    const start = walkUntil(from, isOpen)
    const day = stateAt(start).day as number
    let target = day
    let at = start
    for (let left = days; left > 0; left--) {
      at = walkUntil(at, (minute) => (stateAt(minute).day ?? 0) > target)
      target = stateAt(at).day as number
    }
    const wanted = stateAt(start).clock + (target - day) * 1_440
    return {
      target,
      opening: at,
      wanted,
      reached: walkUntil(start, (minute) => stateAt(minute).reached >= wanted),
    }
  }

  const workingDay = (days: number): number => {
    const { target, opening, reached } = sameClock(days)
    if (reached <= opening) return opening
    if (stateAt(reached).day === target) return reached
    let at = reached - 1
    while (stateAt(at).day !== target) at--
    return at + 1
  }

  return {
    isOpen,
    elapsed: (minutes, pauses) => count(from, minutes, (at) => !isIn(pauses, at)),
    open: (minutes, pauses) => count(from, minutes, (at) => isOpen(at) && !isIn(pauses, at)),
    isUncut: (days) => {
      const { target, wanted, reached } = sameClock(days)
      return (
        stateAt(reached).day === target && stateAt(reached).clock === wanted && workingDay(days) === reached
      )
    },
    workingDays: (days, pauses) => {
      let due = workingDay(days)
      const endsOnOpening = isOpen(due) && !isOpen(due - 1)
      for (let at = from; at < due; at++) {
        if (!isIn(pauses, at)) continue
        let left = 0
        for (let each = at; each < due; each++) if (isOpen(each)) left++
        at = walkUntil(at, (minute) => !isIn(pauses, minute))
        due = count(at, left, isOpen)
        if (endsOnOpening) due = walkUntil(due, isOpen)
      }
      return due
    },
  }
}

const isIn = (pauses: readonly Pause[], minute: number): boolean =>
  pauses.some(({ from, to = Number.POSITIVE_INFINITY }) => from <= minute && minute < to)

/** What the wall clock shows, in minutes since 1970-01-01T00:00 on that clock. */
function clockAt(zone: string, minute: number): number {
  const hour = Math.floor(minute / 60)
  const hours = ofZone(clocks, zone)
  const known = hours.get(hour) ?? clocksOfHour(zone, hour * 60)
  hours.set(hour, known)
  return known[minute - hour * 60] as number
}
const clocks = new Map<string, Map<number, number[]>>()

/** Asks for the first minute of an hour and the one after it, and for each when the clock was set in between. */
function clocksOfHour(zone: string, first: number): number[] {
  const clock = askClock(zone, first)
  const isSteady = askClock(zone, first + 60) === clock + 60
  return Array.from({ length: 60 }, (_, index) => (isSteady ? clock + index : askClock(zone, first + index)))
}

function askClock(zone: string, minute: number): number {
  const known = ofZone(asked, zone).get(minute)
  if (known !== undefined) return known
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  formats.set(zone, format)
  const clock = Date.parse(`${format.format(minute * 60_000).replace(' ', 'T')}Z`) / 60_000
  ofZone(asked, zone).set(minute, clock)
  return clock
}
const asked = new Map<string, Map<number, number>>()
const formats = new Map<string, Intl.DateTimeFormat>()

/** Whether the clock ever shows this date. */
function exists(zone: string, day: number): boolean {
  const days = ofZone(existing, zone)
  const known = days.get(day)
  if (known !== undefined) return known
  const hours = Array.from({ length: 54 }, (_, index) => day * 1_440 + (index - 15) * 60)
  const isThere = hours.some((minute) => Math.floor(clockAt(zone, minute) / 1_440) === day)
  days.set(day, isThere)
  return isThere
}
const existing = new Map<string, Map<number, boolean>>()

function ofZone<Value>(zones: Map<string, Map<number, Value>>, zone: string): Map<number, Value> {
  const known = zones.get(zone) ?? new Map<number, Value>()
  zones.set(zone, known)
  return known
}

/** Hours of a date in minutes from its midnight. */
function hoursOf(definition: CalendarDefinition, day: number): [open: number, close: number][] {
  return exists(definition.zone, day) ? writtenFor(definition, day).map(minutesOf) : []
}

function writtenFor(definition: CalendarDefinition, day: number): string[] {
  const date = new Date(day * 86_400_000)
  const text = date.toISOString().slice(0, 10)
  const extra = definition['extra-open'] ?? {}
  const special = extra[text] ?? extra[text.slice(5)]
  if (special) return [special].flat()
  if (definition.closed?.some((closed) => closed === text || closed === text.slice(5))) return []
  if (definition.open === 'always') return ['00:00-24:00']
  const entry = Object.entries(definition.open).find(([key]) => daysOf(key).includes(date.getUTCDay()))
  return entry ? [entry[1]].flat() : []
}

/** Days of the week of a key; 0 is Sunday here. */
function daysOf(key: string): number[] {
  return key.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map((name) => 'sunmontuewedthufrisat'.indexOf(name) / 3)
    const days = [first as number]
    while (days.at(-1) !== last) days.push(((days.at(-1) as number) + 1) % 7)
    return days
  })
}

function minutesOf(hours: string): [open: number, close: number] {
  const [open, close] = hours.split('-').map((time) => {
    const [hour, minute] = time.split(':')
    return Number(hour) * 60 + Number(minute)
  }) as [number, number]
  return [open, close <= open ? close + 1_440 : close]
}
