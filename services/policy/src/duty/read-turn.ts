import type { Turn } from './roster.ts'

/** A year, in each unit. */
const most: Record<Turn['unit'], number> = {
  hour: 8_760,
  day: 365,
  'working day': 365,
  week: 52,
}

/** `1 day`, `1 working day`, `2 weeks`, `12 hours`; or what is wrong with it. Nothing is guessed: "2 wks" and "1.5 hours" are refused. */
export function readTurn(text: string): { turn: Turn } | { problem: string } {
  const [, digits = '', unit, plural] = /^([1-9]\d{0,5}) (hour|day|working day|week)(s?)$/.exec(text) ?? []
  if (unit === undefined) return { problem: `"${text.slice(0, 60)}" is not the length of a turn` }
  const turn: Turn = { count: Number(digits), unit: unit as Turn['unit'] }
  if ((turn.count === 1) !== (plural === '')) return { problem: `"${text}" mixes one and many` }
  return turn.count > most[turn.unit] ? { problem: `"${text}" is longer than a year` } : { turn }
}
