export {
  answeredRequest,
  builtInTypesOf,
  cannotClassify,
  clearance,
  correctionOverridden,
  other,
  stopped,
  tooLate,
  unnamedRequest,
} from './built-in-types.ts'
export {
  addOpenTime,
  type Calendar,
  type CalendarDefinition,
  CalendarFailure,
  calendarProblems,
  calendarShape,
  compileCalendar,
  dueAt,
  isOpen,
  nextOpening,
  type Pause,
  pauseAt,
  readWithin,
  receiptOf,
  resumeAt,
  startDeadline,
  startReminder,
  type Within,
  withinInWords,
} from './calendar/index.ts'
export { describePolicyChange } from './change/describe-policy-change.ts'
export { type Explanation, explain, type Why } from './explain/explain.ts'
export type { Answer, FiveAnswers } from './five-questions.ts'
export { evidenceDigest, evidenceFits, judge } from './judge.ts'
export { lookUpLanguage } from './language/look-up.ts'
export { checkPolicy, parsePolicy } from './parse-policy.ts'
export type { Company, ExceptionType, Level, MessageText, Policy, Role } from './policy.ts'
export { suggest } from './reading/did-you-mean.ts'
export type { FileError } from './reading/file-error.ts'
export { kindMeant } from './request-kinds.ts'
export { calendarOf, zoneOfRole } from './role-calendar.ts'
export { revisionMaker, revisionsOf } from './trial/revisions-of.ts'
export { newTrial, type Trial, type TypeTrial, tryOn } from './trial/trial.ts'
