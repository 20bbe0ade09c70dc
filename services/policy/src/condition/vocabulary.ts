import {
  alwaysOpen,
  type Calendar,
  type CalendarDefinition,
  calendarProblems,
  compileCalendar,
} from '../calendar/index.ts'

/** The names of a policy that its conditions can use. */
export interface Vocabulary {
  stages: readonly string[]
  /** One with problems, which no policy that is read has, is always open: so its name is known. */
  calendars: ReadonlyMap<string, Calendar>
}

const none: Readonly<Record<string, CalendarDefinition>> = {}

/** The same definitions always give the same calendars, which remember what they were asked. */
export function vocabularyOf({
  stages = [],
  calendars = none,
}: {
  stages?: readonly string[]
  calendars?: Readonly<Record<string, CalendarDefinition>>
}): Vocabulary {
  const known = compiled.get(calendars) ?? compileAll(calendars)
  compiled.set(calendars, known)
  return { stages, calendars: known }
}

const compiled = new WeakMap<object, ReadonlyMap<string, Calendar>>()

function compileAll(calendars: Readonly<Record<string, CalendarDefinition>>): ReadonlyMap<string, Calendar> {
  const sound = (one: CalendarDefinition) => (calendarProblems(one).length === 0 ? one : alwaysOpen)
  return new Map(Object.entries(calendars).map(([name, one]) => [name, compileCalendar(sound(one))]))
}
