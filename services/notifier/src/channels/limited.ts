import { failedForNow, type Sender } from './port.ts'

const minute = 60_000

/** Addresses that are remembered; the one that was written to least recently is forgotten first. */
const mostRemembered = 10_000

/**
 * Sends no address more than so many messages within about a minute: what is above fails for now, and is asked for again
 * later. Each address has a bucket of `perMinute` messages that fills again evenly. `steadyNow`: milliseconds on a clock
 * that nobody sets.
 */
export function limited(sender: Sender, perMinute: number, steadyNow: () => number): Sender {
  const buckets = new Map<string, { left: number; at: number }>()
  const take = (address: string): boolean => {
    const now = steadyNow()
    const { left, at } = buckets.get(address) ?? { left: perMinute, at: now }
    const filled = Math.min(perMinute, left + ((now - at) * perMinute) / minute)
    buckets.delete(address)
    buckets.set(address, { left: filled >= 1 ? filled - 1 : filled, at: now })
    const [oldest] = buckets.keys()
    if (buckets.size > mostRemembered && oldest !== undefined) buckets.delete(oldest)
    return filled >= 1
  }
  return {
    ...sender,
    async send(message) {
      if (take(message.to.toLowerCase())) return sender.send(message)
      return failedForNow(`Not sent yet: no address is sent more than ${perMinute} messages within a minute.`)
    },
  }
}
