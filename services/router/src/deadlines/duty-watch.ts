import { nextDutyChange } from '@holdpoint/policy/duty'
import type { Context } from '../record/input.ts'

/** A timer of Node holds no longer than 24 days. */
const longestWaitMs = 24 * 3_600_000

/**
 * Calls `revisit` whenever duty may have changed: at each hand-over, opening, absence and override of the newest roster,
 * and when one is published. Gives the function that ends it.
 */
export function watchDuty(
  roster: Context['roster'],
  onPublished: (listener: () => void) => void,
  revisit: () => void,
): () => void {
  let timer: NodeJS.Timeout | undefined
  let ended = false
  const plan = () => {
    clearTimeout(timer)
    const staff = roster()
    if (!staff || ended) return
    const due = nextDutyChange(staff.roster, Date.now())
    const wait = () => {
      const left = due - Date.now()
      if (left > 0) timer = setTimeout(wait, Math.min(left, longestWaitMs))
      else changed()
    }
    wait()
  }
  const changed = () => {
    revisit()
    plan()
  }
  onPublished(changed)
  return () => {
    ended = true
    clearTimeout(timer)
  }
}
