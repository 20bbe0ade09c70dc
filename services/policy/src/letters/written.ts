import { type Decimal, type Instant, shownAmount } from '@holdpoint/schemas'
import { regionOf, zoneOf } from './places.ts'

/** How a customer writes dates and amounts. */
export interface Written {
  /** `Monday, 2 March 2026 at 11:00 GMT`, in the customer's zone, which it names. */
  instant(at: Instant): string
  day(at: Instant): string
  /** `£109.50`; what is no currency stands behind the number as it is. */
  amount(sum: Decimal, currency: string): string
}

interface Place {
  /** That letters are written in. */
  language: string
  /** Its form where the country has none. */
  locale: string
  /** As the order has it: a code or a name. */
  country: string
  houseZone: string
}

const known = new Map<string, Written>()
/** Making a formatter takes a hundred times as long as using it. Countries are what orders say, so there may be any number. */
const mostKnown = 500

export function writtenFor(place: Place): Written {
  const { language, locale, country, houseZone } = place
  const key = JSON.stringify([language, locale, country, houseZone])
  const written = known.get(key) ?? make(place)
  if (known.size >= mostKnown) known.clear()
  known.set(key, written)
  return written
}

function make({ language, locale, country, houseZone }: Place): Written {
  const region = regionOf(country, language)
  const isAtHome = region !== undefined && speaks(region, language)
  const own = isAtHome ? `${language}-${region}` : locale
  const timeZone = zoneOf(region, houseZone)
  const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone } as const
  const days = new Intl.DateTimeFormat(own, day)
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const short = new Intl.DateTimeFormat(own, { ...day, ...time, timeZoneName: 'short' })
  const long = new Intl.DateTimeFormat(own, { ...day, ...time, timeZoneName: 'longGeneric' })
  return {
    instant: (at) =>
      (isAtHome && !hasName(short, at) ? long : short).format(at).replace(/(GMT|UTC)\+0$/, '$1'),
    day: (at) => days.format(at),
    amount: (sum, currency) => amountIn(own, sum, currency),
  }
}

/** `UTC+1` says nothing to most people; elsewhere the name of their own time says less. */
function hasName(format: Intl.DateTimeFormat, at: Instant): boolean {
  const zone = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return !/[+−-]\d/.test(zone)
}

/** An English reader in Germany writes dates as the British do, not as a language of Germany. */
function speaks(region: string, language: string): boolean {
  const likely = new Intl.Locale('und', { region }).maximize().language
  return likely === language
}

function amountIn(locale: string, sum: Decimal, currency: string): string {
  const shown = shownAmount(sum, currency)
  const format = formatOf(locale, currency)
  return format ? format.format(shown as Intl.StringNumericLiteral) : `${shown} ${currency}`.trim()
}

const formats = new Map<string, Intl.NumberFormat | undefined>()

/** Undefined for what is no currency. */
function formatOf(locale: string, currency: string): Intl.NumberFormat | undefined {
  const key = `${locale} ${currency}`
  if (!formats.has(key)) {
    if (formats.size >= mostKnown) formats.clear()
    formats.set(key, makeFormat(locale, currency))
  }
  return formats.get(key)
}

function makeFormat(locale: string, currency: string): Intl.NumberFormat | undefined {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency })
  } catch {
    return undefined
  }
}
