import { type Invariant, messageOf } from './invariant.ts'

interface Attempt {
  noticeId: string
  orderId: string
  attempt: number
}

/** Every attempt to send a notice of an order that was asked for has one outcome. */
export function noticesLaw(): Invariant {
  const requested = new Map<string, number>()
  const outcomes = new Map<string, number>()
  const count = (map: Map<string, number>, { noticeId, orderId, attempt }: Attempt) => {
    const name = `notice ${noticeId} of ${orderId}, attempt ${attempt},`
    map.set(name, (map.get(name) ?? 0) + 1)
  }
  return {
    name: 'notices',
    law: 'Every notice that is asked for has one outcome for each attempt.',
    take(record) {
      const request = messageOf('notices.requested.v1', record)
      if (request) count(requested, request)
      const outcome = messageOf('notices.outcomes.v1', record)
      if (outcome) count(outcomes, outcome)
    },
    close(tell) {
      for (const [name, times] of requested) {
        if (times !== 1) tell(`The ${name} was asked for ${times} times.`)
        const found = outcomes.get(name) ?? 0
        if (found !== 1) tell(`The ${name} has ${found} outcomes.`)
      }
      for (const name of outcomes.keys()) if (!requested.has(name)) tell(`Nobody asked for the ${name}`)
      return { notices: requested.size }
    },
  }
}
