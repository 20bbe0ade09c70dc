/** The pure core of the classifier, for whoever simulates or measures it. */
export { findingsOf } from './findings.ts'
