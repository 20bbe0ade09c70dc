import type { CompiledRoster } from './compile-roster.ts'
import { edgesOf } from './shifts.ts'

const dayMs = 86_400_000
/** How far ahead is looked, in days; each step only when the one before has found nothing. */
const steps = [1, 8, 40] as const

/**
 * The first instant after `atMs` (milliseconds since 1970, UTC) at which duty of any role may change: a hand-over, an
 * opening or closing of a rota, a beginning or end of an absence or override. Without one within 40 days, the instant
 * 40 days on, for asking again.
 */
export function nextDutyChange({ duties }: CompiledRoster, atMs: number): number {
  for (const days of steps) {
    const until = atMs + days * dayMs
    const ahead = [...duties.values()]
      .flatMap((duty) => edgesOf(duty, atMs, until))
      .filter((edge) => atMs < edge && edge <= until)
    if (ahead.length > 0) return Math.min(...ahead)
  }
  return atMs + 40 * dayMs
}
