import { createRequire } from 'node:module'
import type HolidaysLibrary from 'date-holidays'
import { suggest } from '../reading/did-you-mean.ts'
import { dateOf, dayMs, dayOf, hourMs } from '../time/dates.ts'
import { remembered } from '../time/remembered.ts'

/**
 * Public holidays of the date-holidays library. In England (GB-ENG) these are the bank holidays with their substitute
 * days and the days themselves: in 2026 both Saturday 26 and Monday 28 December. Holidays of other types (bank,
 * optional, school, observance) do not count.
 */
export function isPublicHoliday(region: string, date: string): boolean {
  const year = Number(date.slice(0, 4))
  return listedIn(region, year).has(date) || listedIn(region, year - 1).has(date)
}

/** What is wrong with the name of a region such as `GB`, `GB-ENG` or `DE-BY-A`; undefined when there is one. */
export function regionProblem(region: string): { message: string; hint: string } | undefined {
  if (hasRegion(region)) return undefined
  return { message: `there are no holidays for "${region.slice(0, 60)}"`, hint: regionHint(region) }
}

const load = createRequire(import.meta.url)

/** The library takes up to half a second and 30 MB to load: only calendars with holidays pay for it. */
const library = (): typeof HolidaysLibrary => load('date-holidays')

const holidaysOf = remembered((region: string): HolidaysLibrary => {
  const [country = '', state = '', part = ''] = region.split('-')
  return new (library())(country, state, part, { types: ['public'], languages: 'en' })
})

/** Dates of the holidays that begin in a year; the last of them can run into the next. About 10 ms, once. */
function listedIn(region: string, year: number): ReadonlySet<string> {
  return yearsOf(region)(year)
}
const yearsOf = remembered((region: string) =>
  remembered((year: number) => new Set(holidaysOf(region).getHolidays(year).flatMap(datesOf))),
)

/** Whole local dates that a holiday covers. One that begins at noon or in the evening closes none. */
function datesOf({ date, start, end }: { date: string; start: Date; end: Date }): string[] {
  const first = dayOf(date.slice(0, 10))
  // A day on which the clocks change has an hour less or more.
  const days = Math.floor((end.getTime() - start.getTime() + hourMs) / dayMs)
  return Array.from({ length: days }, (_, index) => dateOf(first + index))
}

function hasRegion(region: string): boolean {
  const [country = '', ...more] = region.split('-')
  if (more.length > 2 || !Object.hasOwn(countries(''), country)) return false
  return more.length === 0 || regionsIn(country).has(region)
}

function regionHint(region: string): string {
  const written = region.replace(/^UK/i, 'GB')
  if (hasRegion(written)) return `did you mean "${written}"?`
  const country = written.slice(0, 2).toUpperCase()
  if (!Object.hasOwn(countries(''), country) || written.length < 3)
    return 'write a country such as GB or DE, or a part of it such as GB-ENG or DE-BY'
  return suggest(written, [country, ...regionsIn(country)])
}

/** To ask the library which regions there are takes it milliseconds. */
const countries = remembered((_: '') => new (library())().getCountries('en') ?? {})

/** Every part of a country, and every part of those: `GB-ENG`, `DE-BY-A`. */
const regionsIn = remembered((country: string): ReadonlySet<string> => {
  const atlas = new (library())()
  const states = Object.keys(atlas.getStates(country, 'en') ?? {})
  const partsOf = (state: string) => Object.keys(atlas.getRegions(country, state, 'en') ?? {})
  return new Set(
    states.flatMap((state) => [
      `${country}-${state}`,
      ...partsOf(state).map((part) => `${country}-${state}-${part}`),
    ]),
  )
})
