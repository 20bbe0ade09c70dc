import type { Path } from '../reading/yaml-source.ts'
import { dayOf } from '../time/dates.ts'
import { zoneOf } from '../time/zone.ts'
import type { RosterCheck } from './check-mentions.ts'
import { periodIn } from './period.ts'
import { readMoment } from './read-moment.ts'
import type { Moment, Period } from './roster.ts'

/** The zone of a role's dates. */
export function zoneOfRole({ parts: { zone, rotas } }: RosterCheck, role: string): string {
  return rotas[role]?.zone ?? zone ?? 'UTC'
}

/** Reads a period; undefined after reporting what is wrong with it. */
export function checkPeriod(
  check: RosterCheck,
  path: Path,
  written: { from?: string; to?: string },
  zones: Iterable<string>,
): Period | undefined {
  const from = checkMoment(check, [...path, 'from'], written.from)
  const to = checkMoment(check, [...path, 'to'], written.to)
  if (!from || !to) return undefined
  const known = [...zones].filter((zone) => check.zones.has(zone))
  const spans = known.map((zone) => periodIn(zoneOf(zone), { from, to }))
  if (spans.every(({ fromMs, toMs }) => fromMs < toMs)) return { from, to }
  const leftOut = dateLeftOut([from, to], known)
  if (leftOut) {
    check.source.report(
      [...path, 'to'],
      leftOut,
      'no clock of that zone shows the date: write the day after it',
    )
    return undefined
  }
  check.source.report(
    [...path, 'to'],
    'this does not end after it begins',
    'to is the last day, or an instant after from',
  )
  return undefined
}

/** Samoa, for one, had no 30 December 2011. */
function dateLeftOut(moments: readonly Moment[], zones: readonly string[]): string | undefined {
  for (const zone of zones)
    for (const moment of moments)
      if (moment.kind === 'date' && !zoneOf(zone).hasDay(dayOf(moment.date)))
        return `there is no ${moment.date} in ${zone}`
  return undefined
}

function checkMoment({ source }: RosterCheck, path: Path, text: string | undefined): Moment | undefined {
  if (text === undefined) return undefined
  const read = readMoment(text)
  if ('moment' in read) return read.moment
  source.report(path, read.problem, read.hint)
  return undefined
}
