export { type CaseNews, composeStaffLetter, type StaffNews, type StaffPart } from './compose-staff-letter.ts'
