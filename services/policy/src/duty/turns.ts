import { dayMs, dayOf, hourMs, minuteMs, utcDayOf } from '../time/dates.ts'
import type { Zone } from '../time/zone.ts'
import { hoursOn } from './open-hours.ts'
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
 * elapsed time, counted from the first hand-over. Turns of working days count the days on which the rota's hours begin:
 * the first of them is `starts`, or the next one after it.
 */
export function turnsOf({ turn, starts, handOver, week }: TurnRota, zone: Zone): Turns {
  const first = dayOf(starts)
  const handOverOn = (day: number): number =>
    zone.hasDay(day) ? zone.instantOf(day * dayMs + handOver * minuteMs) : handOverOn(day + 1)
  const dayAt = (atMs: number): number => utcDayOf(zone.wallAt(atMs) - handOver * minuteMs)
  switch (turn.unit) {
    case 'hour':
      return elapsedTurns(handOverOn(first), turn.count * hourMs)
    case 'day':
    case 'week': {
      const days = turn.count * (turn.unit === 'week' ? 7 : 1)
      return turnsOfDays({
        startOf: (number) => handOverOn(first + (number - 1) * days),
        guess: (atMs) => Math.floor((dayAt(atMs) - first) / days) + 1,
      })
    }
    case 'working day': {
      const { count } = turn
      const days = workingDays(first, (day) => hoursOn(week, zone, day).length > 0)
      return turnsOfDays({
        startOf: (number) => handOverOn(number < 1 ? first - 1 : days.at((number - 1) * count)),
        guess: (atMs) => Math.ceil(days.upTo(dayAt(atMs)) / count),
      })
    }
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

interface TurnsOfDays {
  startOf(turn: number): number
  /** A turn near the one that an instant lies in. */
  guess(atMs: number): number
}

/** The wall shows some times twice and others never: where a turn begins decides. */
function turnsOfDays({ startOf, guess }: TurnsOfDays): Turns {
  return {
    startOf,
    numberAt(atMs) {
      let turn = Math.max(0, guess(atMs))
      while (startOf(turn + 1) <= atMs) turn++
      while (turn > 0 && atMs < startOf(turn)) turn--
      return turn
    },
  }
}

/** Days from one on that are open, counted as far as somebody asks. One day of each week has to be. */
function workingDays(first: number, isOpen: (day: number) => boolean) {
  const open: number[] = []
  let next = first
  const count = () => {
    if (isOpen(next)) open.push(next)
    next++
  }
  return {
    at(index: number): number {
      while (open.length <= index) count()
      return open[index] as number
    },
    /** How many there are up to a day, that day included. */
    upTo(day: number): number {
      while (next <= day) count()
      let [low, high] = [0, open.length]
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((open[middle] as number) <= day) low = middle + 1
        else high = middle
      }
      return low
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
