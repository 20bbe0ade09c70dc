export { askAnew, askedFromElsewhere, raisedFromElsewhere } from './asked-from-elsewhere.ts'
export { type CompiledRoster, compileRoster } from './compile-roster.ts'
export { describeRosterChange } from './describe-roster-change.ts'
export type { Duty, Gap, Planned, Reason, Why } from './duty.ts'
export { type GapsQuestion, gaps, type Hole, type Lack, type StaffedType } from './gaps.ts'
export { type ICalendarOptions, rotaFromICalendar } from './icalendar/rota-from-icalendar.ts'
export type { Tentative } from './icalendar/who-is-named.ts'
export { nextAt } from './next-at.ts'
export { nextDutyChange } from './next-change.ts'
export { parseRoster, type RosterRead } from './parse-roster.ts'
export { policyDoubts } from './policy-doubts.ts'
export type {
  Absence,
  Moment,
  Notify,
  Override,
  Period,
  Person,
  Replacement,
  RoleChannels,
  Roster,
  Rota,
  Shift,
  ShiftRota,
  StaffOccasion,
  Turn,
  TurnRota,
} from './roster.ts'
export { staffOccasions } from './roster.ts'
export { type RosterProblem, rosterProblems } from './roster-problems.ts'
export { rosterShape } from './roster-shape.ts'
export { isCalled, whoIsCalled } from './same-person.ts'
export { type DutyShift, shifts } from './shifts.ts'
export {
  type DecidedType,
  type Lacking,
  type Undecidable,
  undecidable,
  undecidableInWords,
} from './undecidable.ts'
export { type UndecidedTime, undecidedTimes } from './undecided-times.ts'
export { isAway, whoIsOnDuty } from './who-is-on-duty.ts'
