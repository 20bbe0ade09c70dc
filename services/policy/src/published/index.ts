export {
  type InForce,
  newestReadable,
  type PublishedTexts,
  problemIn,
  type Unreadable,
} from './newest-readable.ts'
export {
  canCome,
  type KnownVersions,
  mostSkipped,
  type PublishedText,
  versionProblem,
  versionsInOrder,
} from './version-problem.ts'
