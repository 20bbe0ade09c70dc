import { type Hours, hoursInWords } from '../calendar/hours.ts'
import type { CalendarDefinition } from '../calendar/index.ts'
import type { Plan } from '../calendar/plan.ts'
import { readPlan } from '../calendar/read-plan.ts'
import type { Policy } from '../policy.ts'
import { listed, listedInShort } from '../words/lists.ts'
import { difference, groupDifference } from './difference.ts'
import { saidIf } from './said.ts'

export function calendarChanges(before: Policy['calendars'], after: Policy['calendars']): string[] {
  const { gone, added, kept } = groupDifference(plansOf(before), plansOf(after))
  return [
    ...gone.map(([name]) => `The calendar ${name} is gone.`),
    ...added.map(([name, plan]) => `The calendar ${name} is new: ${plan.zone}, ${weekInWords(plan)}.`),
    ...kept.flatMap(([name, was, is]) => planChanges(`The calendar ${name}`, was, is)),
  ]
}

/** Hours can be written in several ways: what they mean is compared. */
function plansOf(calendars: Readonly<Record<string, CalendarDefinition>>): Map<string, Plan> {
  return new Map(Object.entries(calendars).map(([name, one]) => [name, readPlan(one).plan]))
}

function planChanges(calendar: string, before: Plan, after: Plan): string[] {
  return [
    ...saidIf(before.zone, after.zone, (is) => `${calendar} keeps the time of ${is}`),
    ...hourChanges(calendar, before, after),
    ...saidIf(holidaysInWords(before), holidaysInWords(after), (is) => `${calendar}, public holidays: ${is}`),
    ...closedChanges(calendar, before, after),
    ...extraChanges(calendar, before, after),
  ]
}

const holidaysInWords = ({ holidays = 'none' }: Plan): string => holidays

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** Days of the week that change in the same way are said together. */
function hourChanges(calendar: string, before: Plan, after: Plan): string[] {
  const changes = dayNames.map((_, day) =>
    saidIf(hoursOf(before, day), hoursOf(after, day), (is) => `: ${is}`).join(''),
  )
  return stretches(changes)
    .filter(({ said }) => said !== '')
    .map(({ days, said }) => `${calendar}, ${days}${said}`)
}

function weekInWords(plan: Plan): string {
  const hours = dayNames.map((_, day) => hoursOf(plan, day))
  return listed(stretches(hours).map(({ days, said }) => `${days} ${said}`))
}

/** Neighbouring days of which the same is said, such as Monday to Thursday. */
function stretches(said: readonly string[]): { days: string; said: string }[] {
  const found: { first: number; last: number; said: string }[] = []
  for (const [day, one] of said.entries()) {
    const before = found.at(-1)
    if (before?.said === one) before.last = day
    else found.push({ first: day, last: day, said: one })
  }
  return found.map(({ first, last, said }) => ({
    days: first === last ? `${dayNames[first]}` : `${dayNames[first]} to ${dayNames[last]}`,
    said,
  }))
}

const hoursOf = ({ week }: Plan, day: number): string => inWords(week[day] ?? [])

const inWords = (hours: readonly Hours[]): string => listed(hours.map(hoursInWords)) || 'closed'

function closedChanges(calendar: string, before: Plan, after: Plan): string[] {
  const { gone, added } = difference([...before.closed].sort(), [...after.closed].sort(), (date) => date)
  return [
    ...(gone.length > 0
      ? [`${calendar} is no longer closed on ${listedInShort(gone.map(dateInWords))}.`]
      : []),
    ...(added.length > 0 ? [`${calendar} is now closed on ${listedInShort(added.map(dateInWords))}.`] : []),
  ]
}

function extraChanges(calendar: string, before: Plan, after: Plan): string[] {
  const dates = [...new Set([...before.extraOpen.keys(), ...after.extraOpen.keys()])].sort()
  return dates.flatMap((date) =>
    saidIf(extraOf(before, date), extraOf(after, date), (is) => `${calendar} on ${dateInWords(date)}: ${is}`),
  )
}

function extraOf({ extraOpen }: Plan, date: string): string {
  const hours = extraOpen.get(date)
  return hours ? inWords(hours) : 'as usual'
}

const dateInWords = (date: string): string => (date.length > '12-24'.length ? date : `${date} of every year`)
