/** Something in the definition of a calendar that has to be put right. */
export interface CalendarProblem {
  /** Where, from the calendar on. */
  path: (string | number)[]
  /** The last step of the path is a name, and the name itself is wrong. */
  inName?: true
  /** What is wrong. */
  message: string
  /** What to write instead. */
  hint: string
}

/** Notes a problem. */
export type Report = (problem: CalendarProblem) => void
