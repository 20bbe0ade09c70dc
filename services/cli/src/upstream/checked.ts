import { eventProblems, type OrderEvent } from '@holdpoint/schemas'
import type { Refused, Upstream } from './upstream.ts'

/** What intake would refuse about an event by itself, in its words: a line for each problem. `now` in milliseconds. */
export function whyRefused(event: OrderEvent, now: number): string[] {
  return eventProblems(event, now).map(({ path, message }) => `${path} ${message}`)
}

/** A way in that is not given what intake would refuse by itself: such an event does not go out. */
export function checked(upstream: Upstream, now: () => number = Date.now): Upstream {
  return {
    ...upstream,
    async send(events) {
      const refused: Refused[] = []
      const sound: OrderEvent[] = []
      for (const event of events) {
        const why = whyRefused(event, now())
        if (why.length > 0) refused.push({ event, why: why.join('\n  ') })
        else sound.push(event)
      }
      return sound.length === 0 ? refused : [...refused, ...(await upstream.send(sound))]
    },
  }
}
