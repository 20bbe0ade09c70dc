import { type RefusalCode, shortened } from '@holdpoint/schemas'
import type { Refusal } from './facts.ts'

/** An order remembers what its last commands were told, so a message that quotes a long value is cut. */
const longestMessage = 500

export function refuse(code: RefusalCode, message: string, longest = longestMessage): Refusal {
  return { code, message: shortened(message, longest) }
}
