import type { Timer } from '@holdpoint/schemas'
import type { Found } from './place.ts'

/** The changes of some records of the topic, and the offsets that they lead from and to. */
export interface Step {
  from: number
  to: number
  schedule: readonly Timer[]
  cancel: readonly string[]
}

/** The timers that are due, earliest first, as many as were asked for at most. */
export interface Due {
  timers: readonly Timer[]
  /** When the first timer after these is due; undefined when there is none. */
  next: number | undefined
  pending: number
}

/**
 * Who holds a lane. Every step of a lane names its holder and the offset up to which it believes the lane to be
 * complete; a store that thinks otherwise refuses with LostLane and changes nothing.
 */
export interface Hold {
  partition: number
  writer: string
}

/** Keeps the pending timers of each lane together with the offset up to which they are complete. */
export interface TimerStore {
  /** From now on only this writer may change the lane. Says what is there. */
  take(hold: Hold): Promise<Found>
  /** Empties the lane; it is complete up to `offset`, which is the beginning of the topic. */
  reset(hold: Hold, log: { clusterId: string; offset: number; now: number }): Promise<void>
  /** Carries a step out, in one atomic move; a step that was carried out already changes nothing. */
  apply(hold: Hold, step: Step, now: number): Promise<void>
  /**
   * Removes timers that were fired, unless they have been changed since, and gives those that are due at `now`,
   * in one atomic move.
   */
  claim(
    hold: Hold,
    ask: { offset: number; now: number; limit: number; fired: readonly Timer[] },
  ): Promise<Due>
}

/**
 * `FENCED`: another process holds the lane. `STORE_LOST`: what the store holds is not what this process wrote last.
 * `SPOILED`: what the store holds cannot have been written by any process of ours.
 */
export type LostLaneCode = 'FENCED' | 'STORE_LOST' | 'SPOILED'

export class LostLane extends Error {
  readonly code: LostLaneCode
  readonly canRetry = true

  constructor(code: LostLaneCode, partition: number, what = '') {
    super(messages[code](partition, what))
    this.code = code
  }
}

const again = 'it is built again from timers.schedule.v1.'
const messages: Record<LostLaneCode, (partition: number, what: string) => string> = {
  FENCED: (partition) => `Lane ${partition} was taken over by another process; this one stops to write it.`,
  STORE_LOST: (partition) =>
    `Redis no longer holds lane ${partition} as it was written (emptied, or restored from a copy); ${again}`,
  SPOILED: (partition, what) =>
    `Something else has written into lane ${partition} in Redis: ${what}; ${again}`,
}
