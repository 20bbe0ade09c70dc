export { type Calendar, calendarProblems, compileCalendar, type Opening } from './calendar.ts'
export {
  type Counts,
  type Deadline,
  dueAt,
  pauseAt,
  type Remaining,
  resumeAt,
  startDeadline,
  startReminder,
} from './deadline.ts'
export { calendarDoubts } from './doubts.ts'
export { CalendarFailure, type CalendarFailureCode } from './failure.ts'
export {
  addOpenTime,
  dayAt,
  isOpen,
  nextOpening,
  openingsBetween,
  openTimeBetween,
  workingDaysBetween,
} from './open-time.ts'
export type { Pause } from './pauses.ts'
export type { CalendarProblem } from './problem.ts'
export { readShare, readWithin } from './read-within.ts'
export { type ReceiptLine, receiptOf } from './receipt.ts'
export { alwaysOpen, type CalendarDefinition, calendarHints, calendarShape } from './shape.ts'
export { type ElapsedTime, type OpenTime, type Within, type WorkingDays, withinInWords } from './within.ts'
