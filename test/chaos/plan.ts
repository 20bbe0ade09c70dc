import { type ServiceName, serviceNames } from '@holdpoint/local'
import { chance, shuffled } from './chance.ts'

export const broker = 'kafka-1'
export type Victim = ServiceName | typeof broker | 'redis'

/** Something that is done to the running system. */
export interface Strike {
  /**
   * `kill` ends by SIGKILL and starts again; `freeze` stops a service by SIGSTOP until another instance has its lanes,
   * and lets it go on beside that; `flush` empties Redis.
   */
  what: 'kill' | 'freeze' | 'flush'
  victim: Victim
  /** When so many events have been sent. */
  afterEvents: number
  /** How long the victim stays down, milliseconds. */
  downMs: number
}

/** One flush of Redis, and one freeze, for so many kills. */
const killsPerFlush = 8
const killsPerFreeze = 8
const longestDownMs = 1_500
/** The group gives the lanes of a frozen process to others after 3 s. */
const shortestFreezeMs = 3_500

/**
 * Strikes spread over the events, at moments that depend on the seed; every victim has its turn before any has two.
 * Two of them lie at least half a step apart, so that the work that a long freeze held up is there for the next.
 */
export function planStrikes({
  events,
  kills,
  seed,
}: {
  events: number
  kills: number
  seed: number
}): Strike[] {
  const victims: Victim[] = []
  for (let round = 0; victims.length < kills; round++)
    victims.push(...shuffled<Victim>([...serviceNames, broker], seed, `round ${round}`))
  const flushes = Math.ceil(kills / killsPerFlush)
  const freezes = Math.ceil(kills / killsPerFreeze)
  const frozen = shuffled<Victim>(serviceNames, seed, 'frozen')
  const strikes = shuffled<Pick<Strike, 'what' | 'victim'>>(
    [
      ...Array.from({ length: freezes }, (_, i) => ({
        what: 'freeze' as const,
        victim: frozen[i % frozen.length] as Victim,
      })),
      ...victims.slice(0, kills).map((victim) => ({ what: 'kill' as const, victim })),
      ...Array.from({ length: flushes }, () => ({ what: 'flush' as const, victim: 'redis' as const })),
    ],
    seed,
    'order',
  )
  const step = events / (strikes.length + 1)
  return strikes.map((strike, i) => ({
    ...strike,
    afterEvents: Math.floor((i + 0.75 + chance(seed, `moment ${i}`) / 2) * step),
    downMs:
      (strike.what === 'freeze' ? shortestFreezeMs : 0) +
      Math.floor(chance(seed, `down ${i}`) * longestDownMs),
  }))
}
