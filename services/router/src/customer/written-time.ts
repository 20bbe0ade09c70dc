import type { Instant } from '@holdpoint/schemas'

/** Instants in the words of a language; UTC, and it says so. */
export interface WrittenTime {
  day(at: Instant): string
  instant(at: Instant): string
}

/** By language. Making a formatter takes a hundred times as long as using it; a policy has few languages. */
const known = new Map<string, WrittenTime>()

export function writtenIn(language: string): WrittenTime {
  const written = known.get(language) ?? make(localeOf(language))
  known.set(language, written)
  return written
}

function make(locale: string): WrittenTime {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return { day: (at) => day.format(at), instant: (at) => `${instant.format(at)} UTC` }
}

/** Intl throws on a tag that is none; a policy may call its languages anything. */
function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en'
  } catch {
    return 'en'
  }
}
