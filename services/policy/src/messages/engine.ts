import { Liquid } from 'liquidjs'

/**
 * Templates see only the data that they are filled with: a name that is not there is an error, nothing of JavaScript's
 * objects is visible, no file can be included, and size and time are bounded.
 */
const bounds = {
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  templates: {},
  timezoneOffset: 0,
  locale: 'en',
  parseLimit: 50_000,
  memoryLimit: 1_000_000,
  /** Milliseconds; long enough that a machine which stands still for a moment does not look like a template without an end. */
  renderLimit: 2_000,
} as const

/** All of Liquid: policies that were published before may use it. */
export const liquid = new Liquid(bounds)

/**
 * What a new text may use of Liquid, besides values. All of it has a result for every text that a value can be. What is
 * left out may fail on some, such as `url_decode`; needs no end, such as `for`; or says something else each time.
 */
export const messageTags: readonly string[] = ['if', 'unless', 'case', 'comment', 'raw']
export const messageFilters: readonly string[] = ['capitalize', 'default', 'downcase', 'upcase', 'url_encode']

/** Liquid with these tags and filters alone. */
export const messageLiquid = new Liquid(bounds)
keepOnly(messageLiquid.tags, messageTags)
keepOnly(messageLiquid.filters, messageFilters)

function keepOnly(all: Record<string, unknown>, kept: readonly string[]): void {
  for (const name of Object.keys(all)) if (!kept.includes(name)) delete all[name]
}
