import { dayMs, hourMs, minuteMs } from '../time/dates.ts'

/** Time in which something has to happen. The three kinds are never converted into each other. */
export type Within = ElapsedTime | OpenTime | WorkingDays

/** `30 minutes`, `2 hours`, `3 days`: runs day and night; a day is 24 hours. */
export interface ElapsedTime {
  kind: 'elapsed'
  count: number
  unit: 'minute' | 'hour' | 'day'
}

/** `90 working minutes`, `2 working hours`: runs while the calendar is open. */
export interface OpenTime {
  kind: 'open'
  count: number
  unit: 'minute' | 'hour'
}

/** `1 working day`: the same clock time on the following working day, however long it is open. */
export interface WorkingDays {
  kind: 'working-days'
  count: number
}

const unitMs = { minute: minuteMs, hour: hourMs, day: dayMs }

export const msOf = ({ count, unit }: ElapsedTime | OpenTime): number => count * unitMs[unit]

/** As the policy writes it: `2 working hours`. */
export function withinInWords(within: Within): string {
  const { kind, count } = within
  switch (kind) {
    case 'elapsed':
      return `${count} ${within.unit}${plural(count)}`
    case 'open':
      return `${count} working ${within.unit}${plural(count)}`
    case 'working-days':
      return `${count} working day${plural(count)}`
    default:
      return kind satisfies never
  }
}

const plural = (count: number): string => (count === 1 ? '' : 's')
