import type { Policy } from '@holdpoint/policy'
import type { CaseState, Command, RefusalCode, RouterState } from '@holdpoint/schemas'

/** A business "no": why, and what to do, in words. */
export interface Refusal {
  code: RefusalCode
  message: string
}

/** A command on a case that exists, with what it is judged by. */
export interface Asked {
  command: Command
  state: RouterState
  one: CaseState
  /** The version that the case keeps. */
  policy: Policy
}

export type Check = (asked: Asked) => Refusal | undefined

/** An order remembers what its last commands were told, so a message that quotes a long value is cut. */
const longestMessage = 500

export function refuse(code: RefusalCode, message: string): Refusal {
  const cut = `${message.slice(0, longestMessage)}…`.toWellFormed()
  return { code, message: message.length > longestMessage ? cut : message }
}
