import type { Policy } from '@holdpoint/policy'
import type { CompiledRoster } from '@holdpoint/policy/duty'
import type {
  Actor,
  Command,
  Findings,
  Instant,
  NoticeBounce,
  NoticeOutcome,
  TimerFired,
} from '@holdpoint/schemas'

/** Everything that can move an order's cases. */
export type Input =
  | { kind: 'findings'; findings: Findings }
  | { kind: 'command'; command: Command }
  | { kind: 'timer'; fired: TimerFired }
  | { kind: 'notice'; outcome: NoticeOutcome }
  /** A mail that was sent has come back. */
  | { kind: 'bounce'; bounce: NoticeBounce }
  /** Duty may have changed: a hand-over, an absence, a new roster. */
  | { kind: 'duty'; rosterVersion: number }

/** What a decision may rest on besides the order's own record. */
export interface Context {
  now: Instant
  /** Raises NotYetArrived while that version has not arrived, NeverPublished or UnreadableVersion when it never will. */
  policy(version: number): Policy
  /** The newest version of the policy that can be read; 0 for none. */
  latestPolicy(): number
  /**
   * The newest roster that can be read; undefined while a company has published none. `atLeast`: a version that must
   * have arrived; raises NotYetArrived or NeverPublished.
   */
  roster(atLeast?: number): Staff | undefined
}

/** Who works here, and who is on duty when: one published roster. */
export interface Staff {
  version: number
  roster: CompiledRoster
}

type VersionedTopic = 'policy.versions.v1' | 'duty.roster.v1'

/** The table of policies or rosters is behind the record that names the version; a later attempt finds it. */
export class NotYetArrived extends Error {
  readonly code = 'NOT_YET_ARRIVED'
  readonly canRetry = true
  /** Nothing at all is published: no attempt is the last. */
  readonly nothingYet: boolean

  constructor(topic: VersionedTopic, version: number, { nothingYet = false } = {}) {
    super(`Version ${version} has not arrived from ${topic} yet.`)
    this.nothingYet = nothingYet
  }
}

/** A record names a version that cannot be: no attempt will find it. */
export class NeverPublished extends Error {
  readonly code = 'NEVER_PUBLISHED'
  readonly canRetry = false

  constructor(topic: VersionedTopic, version: number, latest: number) {
    super(`Version ${version} of ${topic} was never published: the last one is ${latest}.`)
  }
}

/** The desk publishes nothing that cannot be read: this router is older than the file, or another wrote it. */
export class UnreadableVersion extends Error {
  readonly code = 'UNREADABLE_VERSION'
  readonly canRetry = false

  constructor(topic: VersionedTopic, version: number, problem: string) {
    super(
      `Version ${version} of ${topic} cannot be read by this router, which may be too old for it: ${problem}. ` +
        'Bring the router up to date, then replay the record.',
    )
  }
}

/** Who acts when no person does. */
export const router: Actor = { subject: 'system:router', name: 'Router', roles: [] }
export const slaTimer: Actor = { subject: 'system:sla-timer', name: 'SLA timer', roles: [] }
/** What the policy says without anybody deciding it. */
export const policyItself: Actor = { subject: 'system:policy', name: 'Policy', roles: [] }
export const notifier: Actor = { subject: 'system:notifier', name: 'Notifier', roles: [] }

export const isService = (subject: string): boolean => subject.startsWith('system:')

/** Topic and id of the message behind what happened. */
export function causeOf(input: Input): string {
  switch (input.kind) {
    case 'findings':
      return `cases.findings.v1 ${input.findings.orderId}:${input.findings.revision}`
    case 'command':
      return `desk.commands.v1 ${input.command.commandId}`
    case 'timer':
      return `timers.fired.v1 ${input.fired.timerId}:${input.fired.version}`
    case 'notice':
      return `notices.outcomes.v1 ${input.outcome.noticeId}:${input.outcome.attempt}`
    case 'bounce':
      return `notices.bounces.v1 ${input.bounce.bounceId}`
    case 'duty':
      return `duty.roster.v1 ${input.rosterVersion}`
    default:
      return input satisfies never
  }
}
