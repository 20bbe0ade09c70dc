/** Where a customer is, as far as the order says. */

/** ISO 3166-1 alpha-2 codes, from the letters that Intl has a name of a country for. */
const regions: readonly string[] = regionCodes()
const byName = new Map<string, string>()

function regionCodes(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  return letters.flatMap((one) => letters.map((other) => one + other)).filter((code) => names.of(code))
}

/** The code of a country that is told by its code, or by its name in English or in the customer's language. */
export function regionOf(country: string, language: string): string | undefined {
  const told = country.trim()
  if (told === '') return undefined
  const code = told.toUpperCase() === 'UK' ? 'GB' : told.toUpperCase()
  if (/^[A-Z]{2}$/.test(code)) return regions.includes(code) ? code : undefined
  return namesIn('en').get(told.toLowerCase()) ?? namesIn(language).get(told.toLowerCase())
}

const named = new Set<string>()

function namesIn(language: string): ReadonlyMap<string, string> {
  if (!named.has(language)) {
    named.add(language)
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const code of regions) byName.set((names.of(code) ?? code).toLowerCase(), code)
  }
  return byName
}

interface LocaleOfPlace extends Intl.Locale {
  /** ECMA-402; the zones of a region, or none. */
  getTimeZones?(): string[] | undefined
}

/** The zone of a country that has one, else that of the house: which part of a large country it is nobody has said. */
export function zoneOf(region: string | undefined, houseZone: string): string {
  if (region === undefined) return houseZone
  const zones = (new Intl.Locale('und', { region }) as LocaleOfPlace).getTimeZones?.() ?? []
  const [only] = zones
  if (only === undefined || zones.includes(houseZone)) return houseZone
  return zones.length === 1 || !differ(zones) ? only : houseZone
}

/** Büsingen has a zone of its own, and Germany's time. */
function differ(zones: readonly string[]): boolean {
  const offsets = zones.map((zone) => hourIn(zone, summer) * 24 + hourIn(zone, winter))
  return new Set(offsets).size > 1
}

const winter = Date.UTC(2026, 0, 15, 12)
const summer = Date.UTC(2026, 6, 15, 12)

function hourIn(timeZone: string, at: number): number {
  return Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(at))
}
