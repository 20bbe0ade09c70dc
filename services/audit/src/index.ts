export { copyOf, trailOfCopy } from './copy.ts'
export type { ChainReport, Finding, FindingCode, RecordsReport, Report } from './report.ts'
export { type CoveredRecord, type Found, type Trail, trailOfTopics } from './trail.ts'
export { type VerifyOptions, verify } from './verify.ts'
