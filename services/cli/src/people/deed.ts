import type { CaseDetail, CaseEvent, Correction } from '@holdpoint/desk-contract'
import type { Order } from '@holdpoint/schemas'

/** What somebody does about a case, as the desk takes it. */
export type Deed =
  | { action: 'approve' | 'reject' | 'clear' | 'answer'; reason: string }
  | { action: 'correct'; reason: string; corrections: Correction[] }
  | { action: 'ask'; reason: string; to: string }

/** What somebody has before them. */
export interface Desktop {
  case: CaseDetail
  events: readonly CaseEvent[]
  /** As the API shows it: numbers are text. */
  order: Order
}

export const wasAsked = ({ events }: Desktop): boolean => events.some(({ type }) => type === 'ASKED')

export const approve = (reason: string): Deed => ({ action: 'approve', reason })
export const reject = (reason: string): Deed => ({ action: 'reject', reason })
