export { type CompiledRoster, compileRoster } from './compile-roster.ts'
export { describeRosterChange } from './describe-roster-change.ts'
export type { Duty, Gap, Planned, Reason, Why } from './duty.ts'
export { type GapsQuestion, gaps, type Hole, type Lack, type StaffedType } from './gaps.ts'
export { type ICalendarOptions, rotaFromICalendar } from './icalendar/rota-from-icalendar.ts'
export { nextDutyChange } from './next-change.ts'
export { parseRoster, type RosterRead } from './parse-roster.ts'
export type {
  Absence,
  Moment,
  Override,
  Period,
  Person,
  Replacement,
  Roster,
  Rota,
  Shift,
  ShiftRota,
  Turn,
  TurnRota,
} from './roster.ts'
export { type RosterProblem, rosterProblems } from './roster-problems.ts'
export { rosterShape } from './roster-shape.ts'
export { isCalled, whoIsCalled } from './same-person.ts'
export { type DutyShift, shifts } from './shifts.ts'
export { isAway, whoIsOnDuty } from './who-is-on-duty.ts'
