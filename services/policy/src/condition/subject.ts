import type { Request, Revision } from '@holdpoint/schemas'
import { Changes } from './changes.ts'
import { Lines } from './lines.ts'

/** What a rule is judged for: a revision, and for a rule about requests one open request of it. */
export interface Subject {
  revision: Revision
  lines: Lines
  changes: Changes
  request?: Request
}

/** Of a revision as a whole. What rules ask of its lines and changes is worked out once for all of them. */
export function subjectOf(revision: Revision): Subject {
  return { revision, lines: new Lines(revision.order), changes: new Changes(revision.changes) }
}
