import { entryOf, type Invariant, messageOf, placeOf, type Timer } from './invariant.ts'

interface Scheduled {
  dueAt: Map<number, number>
  /** The last that was said; undefined once it was cancelled. */
  current: Timer | undefined
}

/** So long after its due time a timer may still be on its way when the records are read. */
const graceMs = 5_000

/** One effective fire for each timer that came due while its case was open, and none early. */
export function timersLaw(readAt: number): Invariant {
  const scheduled = new Map<string, Scheduled>()
  const fired = new Map<string, Set<number>>()
  const firesOfCase = new Set<string>()
  /** Cases that escalated by their deadline, and when. */
  const escalated = new Map<string, { orderId: string; at: number }>()
  /** The deadline that counts for a case now, and all that ever did. */
  const current = new Map<string, number | null>()
  const deadlines = new Map<string, Set<number>>()
  /** The deadline that each case got last, and when. */
  const set = new Map<string, { deadline: number; at: number }>()
  const faults: string[] = []
  let fires = 0
  return {
    name: 'timers',
    law: 'A timer has one effective fire, and no fire is early.',
    take(record) {
      if (record.topic === 'timers.schedule.v1')
        schedule(record.key?.toString() ?? '', messageOf('timers.schedule.v1', record))
      const fire = messageOf('timers.fired.v1', record)
      if (fire) {
        fires++
        firesOfCase.add(fire.caseId)
        entryOf(fired, fire.timerId, () => new Set<number>()).add(fire.version)
        if (fire.firedAt < fire.dueAt || record.timestamp < fire.dueAt)
          faults.push(`${placeOf(record)} is early.`)
        if (scheduled.size > 0 && scheduled.get(fire.timerId)?.dueAt.get(fire.version) !== fire.dueAt)
          faults.push(`${placeOf(record)} is of a timer that nobody scheduled like that.`)
      }
      const event = messageOf('cases.events.v1', record)
      // A case of which nobody is on duty goes on at any time; that is the router's doing.
      if (event?.escalated && event.actor.subject === 'system:sla-timer') {
        escalated.set(event.caseId, event)
        if (event.at < (current.get(event.caseId) ?? Number.POSITIVE_INFINITY))
          faults.push(`Case ${event.caseId} escalated early.`)
      }
      // A command that comes after a deadline, and before its timer has fired, finds the case escalated.
      if (event?.commandId)
        for (const [caseId, { orderId, at }] of escalated)
          if (orderId === event.orderId && at === event.at) firesOfCase.add(caseId)
      // What another event of the same breath replaces had no timer to set: a late escalation, and a question or the end.
      const last = event && set.get(event.caseId)
      const isReplaced = event?.type === 'CLOSED' || (event?.clock && event.clock.deadline !== last?.deadline)
      if (event && last && last.at === event.at && isReplaced)
        deadlines.get(event.caseId)?.delete(last.deadline)
      if (event?.clock) {
        current.set(event.caseId, event.clock.deadline)
        if (event.clock.deadline !== null) {
          entryOf(deadlines, event.caseId, () => new Set()).add(event.clock.deadline)
          set.set(event.caseId, { deadline: event.clock.deadline, at: event.at })
        }
      }
    },
    close(tell) {
      for (const fault of faults) tell(fault)
      for (const caseId of escalated.keys())
        if (!firesOfCase.has(caseId)) tell(`Case ${caseId} escalated without a fire.`)
      for (const [caseId, all] of deadlines) {
        const due = new Set(scheduled.get(`${caseId}:deadline`)?.dueAt.values() ?? [])
        for (const deadline of all)
          if (!due.has(deadline)) tell(`Case ${caseId} has a deadline, and no timer was scheduled for it.`)
      }
      for (const [timerId, { current: timer }] of scheduled)
        if (timer && timer.dueAt < readAt - graceMs) {
          const did = fired.get(timerId)?.has(timer.version)
          tell(`Timer ${timerId} was due and ${did ? 'fired without any effect' : 'has not fired'}.`)
        }
      return { timers: scheduled.size, fires, escalated: escalated.size }
    },
  }

  function schedule(timerId: string, timer: Timer | undefined): void {
    const entry = entryOf(scheduled, timerId, () => ({ dueAt: new Map(), current: undefined }))
    entry.current = timer
    if (timer) entry.dueAt.set(timer.version, timer.dueAt)
  }
}
