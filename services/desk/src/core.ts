/** What the desk makes of case events, for whoever compares it with the router. */
export { type CaseRow, foldCase } from './case/case-row.ts'
export { type Around, situationOf } from './case/case-situation.ts'
