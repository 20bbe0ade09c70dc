import type { TopicName } from '@holdpoint/schemas'
import type { DeadLetterCode, Outcome, Outgoing, Problem, StateChange } from './port.ts'

/** The record is dealt with: publish these, keep this state. */
export function done<State extends TopicName = never>(
  publish: readonly Outgoing[] = [],
  state?: StateChange<State>,
): Outcome<State> {
  return state ? { kind: 'done', publish, state } : { kind: 'done', publish }
}

/** The record can never be processed: keep its bytes and say everything that is wrong with it. */
export function deadLetter(code: DeadLetterCode, problems: readonly Problem[]): Outcome<never> {
  return { kind: 'deadLetter', code, problems }
}

/**
 * Something outside the record is missing for now: the lane waits and hands the same record over again. A record that
 * keeps its lane waiting for 90 s becomes a dead letter, unless the wait is `endless` because the record is not at fault.
 */
export function retryLater(why: string, afterMs: number, { endless = false } = {}): Outcome<never> {
  return endless ? { kind: 'retryLater', why, afterMs, endless } : { kind: 'retryLater', why, afterMs }
}
