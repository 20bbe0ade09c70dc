import type { Timer, TimerKind } from '@holdpoint/schemas'
import { z } from 'zod'

const kinds: Record<TimerKind, TimerKind> = {
  DEADLINE: 'DEADLINE',
  NOTICE_RETRY: 'NOTICE_RETRY',
  REMINDER: 'REMINDER',
  ANSWER: 'ANSWER',
  SILENCE: 'SILENCE',
  UNKNOWN: 'UNKNOWN',
}

/** What is kept of a timer under its id. */
const shape = z.tuple([z.string(), z.string(), z.enum(kinds), z.int(), z.int()])

export const packed = ({ orderId, caseId, kind, version, dueAt }: Timer): string =>
  JSON.stringify([orderId, caseId, kind, version, dueAt])

/** The timer as it was packed; undefined when the text cannot have come from a timer. */
export function unpacked(timerId: string, text: string): Timer | undefined {
  const read = shape.safeParse(parsed(text))
  if (!read.success) return undefined
  const [orderId, caseId, kind, version, dueAt] = read.data
  return { timerId, orderId, caseId, kind, version, dueAt }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
