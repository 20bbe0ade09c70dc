import type { CalendarProblem } from './problem.ts'
import type { CalendarDefinition } from './shape.ts'

type WrittenHours = Readonly<Record<string, string | readonly string[]>>

/** What a calendar is allowed to say, and probably does not mean. */
export function calendarDoubts(definition: CalendarDefinition): CalendarProblem[] {
  const { open, 'extra-open': extraOpen = {} } = definition
  return [
    ...(open === 'always' ? [] : hoursDoubts(open, ['open'])),
    ...hoursDoubts(extraOpen, ['extra-open']),
  ]
}

/** Hours that end a minute before midnight, each at its place behind `path`. */
export function hoursDoubts(written: WrittenHours, path: readonly string[]): CalendarProblem[] {
  return Object.entries(written).flatMap(([day, hours]) =>
    (typeof hours === 'string' ? [hours] : hours).flatMap((text, index) => {
      const from = /^(\d\d:\d\d)-23:59$/.exec(text)?.[1]
      if (from === undefined) return []
      return [
        {
          path: [...path, day, ...(typeof hours === 'string' ? [] : [index])],
          message: `the hours ${text} leave out the last minute of the day`,
          hint: `write ${from}-24:00, which ends at midnight`,
        },
      ]
    }),
  )
}
