import type { Phrases, TermsInWords } from './phrases.ts'
import { regionOf } from './places.ts'

/*
 * What orders say by codes, as who ordered reads it: countries, payment terms, billing schedules, delivery methods. What no
 * standard form is known of stands as it is.
 */

/** `path`: of the field whose value it is. Never fails, whatever an order says. */
export function codeInWords(path: string, value: string, phrases: Phrases): string {
  if (path.endsWith('.country')) return countryInWords(value, phrases)
  if (path === 'billing.terms') return termsInWords(value, phrases.terms)
  const words = phrases.codes[path] ?? {}
  const code = plain(value)
  return Object.hasOwn(words, code) ? (words[code] ?? value) : value
}

/** `United Kingdom` and not `GB`, also for a country that is told by its name in English. */
function countryInWords(country: string, { locale }: Phrases): string {
  const region = regionOf(country, new Intl.Locale(locale).language)
  if (region === undefined) return country
  const names = countryNames.get(locale) ?? new Intl.DisplayNames(locale, { type: 'region' })
  countryNames.set(locale, names)
  return names.of(region) ?? country
}

/** By locale, of which there are as many as languages. */
const countryNames = new Map<string, Intl.DisplayNames>()

/** `NET30`, `Net 30 days`, `2/10 NET 30` and names such as `PREPAID`. */
function termsInWords(terms: string, words: TermsInWords): string {
  const code = plain(terms)
  const [, percent, within, days] =
    /^(?:(\d+(?:\.\d+)?)(?:%|pct)?\/(\d+))?(?:net|n\/)(\d{1,3})(?:d|days?)?$/.exec(code) ?? []
  if (days === undefined) return Object.hasOwn(names, code) ? words[names[code] ?? 'onReceipt'] : terms
  if (percent === undefined || within === undefined)
    return Number(days) === 0 ? words.onReceipt : words.net(Number(days))
  return words.discount(percent, Number(within), Number(days))
}

type NamedTerms = 'inAdvance' | 'onDelivery' | 'onReceipt'

const names: Readonly<Record<string, NamedTerms>> = {
  prepaid: 'inAdvance',
  prepayment: 'inAdvance',
  advance: 'inAdvance',
  cia: 'inAdvance',
  pia: 'inAdvance',
  cod: 'onDelivery',
  dueonreceipt: 'onReceipt',
  onreceipt: 'onReceipt',
  immediate: 'onReceipt',
}

/** People write the same code in many ways. */
const plain = (code: string): string => code.toLowerCase().replaceAll(/[\s_-]+/g, '')
