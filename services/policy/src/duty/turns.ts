import { dayMs, dayOf, hourMs, minuteMs } from '../time/dates.ts'
import type { Zone } from '../time/zone.ts'
import type { TurnRota } from './roster.ts'

/** The turns of a rota, counted from 1. */
export interface Turns {
  /** The turn that an instant lies in; 0 before the first. */
  numberAt(atMs: number): number
  /** The instant of the hand-over at which a turn begins. */
  startOf(turn: number): number
}

/**
 * Turns of days and weeks are handed over at the same wall time, however long they are; turns of hours last the same
 * elapsed time, counted from the first hand-over.
 */
export function turnsOf({ turn, starts, handOver }: TurnRota, zone: Zone): Turns {
  const firstWall = dayOf(starts) * dayMs + handOver * minuteMs
  switch (turn.unit) {
    case 'hour':
      return elapsedTurns(zone.instantOf(firstWall), turn.count * hourMs)
    case 'day':
      return wallTurns(firstWall, turn.count * dayMs, zone)
    case 'week':
      return wallTurns(firstWall, turn.count * 7 * dayMs, zone)
    default:
      return turn.unit satisfies never
  }
}

function elapsedTurns(firstMs: number, lengthMs: number): Turns {
  return {
    numberAt: (atMs) => Math.max(0, Math.floor((atMs - firstMs) / lengthMs) + 1),
    startOf: (turn) => firstMs + (turn - 1) * lengthMs,
  }
}

function wallTurns(firstWall: number, lengthMs: number, zone: Zone): Turns {
  const startOf = (turn: number) => zone.instantOf(firstWall + (turn - 1) * lengthMs)
  return {
    startOf,
    numberAt(atMs) {
      let turn = Math.floor((zone.wallAt(atMs) - firstWall) / lengthMs) + 1
      while (startOf(turn + 1) <= atMs) turn++
      while (turn > 0 && atMs < startOf(turn)) turn--
      return Math.max(0, turn)
    },
  }
}

/** Hand-overs between two instants, without the instants themselves. */
export function handOvers(turns: Turns, fromMs: number, toMs: number): number[] {
  const found: number[] = []
  for (let turn = turns.numberAt(fromMs) + 1; turns.startOf(turn) < toMs; turn++)
    found.push(turns.startOf(turn))
  return found
}
