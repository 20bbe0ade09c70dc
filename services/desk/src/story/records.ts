import type {
  Actor,
  CaseEvent,
  Cause,
  Change,
  Decision,
  Instant,
  NoticeRequest,
  NoticeStatus,
} from '@holdpoint/schemas'

/** Where a record lies, and the hash by which the trail covers it; none for a record that the trail does not cover. */
export interface Place {
  topic: string
  partition: number
  offset: number
  sha256: string | null
}

type Told<T> = T & { place: Place }

export type ToldRevision = Told<{ revision: number; at: Instant; cause: Cause; changes: Change[] }>
export type ToldEvent = Told<{ event: CaseEvent }>
export type ToldDecision = Told<{ decision: Omit<Decision, 'order'> }>
export type ToldOutcome = Told<{
  noticeId: string
  attempt: number
  status: NoticeStatus | string
  permanent: boolean
  detail: string
  at: Instant
}>
export type ToldRequest = Told<
  { noticeId: string; attempt: number; caseIds: string[]; at: Instant } & Pick<
    NoticeRequest,
    'channel' | 'to' | 'toName' | 'message' | 'recipient' | 'person' | 'occasion' | 'policyVersion'
  >
>
export type ToldLetter = Told<{
  code: string
  service: string
  problems: readonly { path: string; message: string }[]
  at: Instant
  replay: { by: { name: string }; reason: string; at: Instant } | null
}>

export type ToldForget = Told<{ by: Actor; reason: string; at: Instant }>

export interface Span {
  from: Instant
  to: Instant
}

/** Everything that is known of one order, each part in order. */
export interface StoryRecords {
  customerName: string
  revisions: readonly ToldRevision[]
  events: readonly ToldEvent[]
  decisions: readonly ToldDecision[]
  requests: readonly ToldRequest[]
  outcomes: readonly ToldOutcome[]
  letters: readonly ToldLetter[]
  forgets: readonly ToldForget[]
  /** When the calendar of who decides a case was closed, by case. */
  closedHours: ReadonlyMap<string, readonly Span[]>
  /** Names of people by subject. */
  names: ReadonlyMap<string, string>
}
