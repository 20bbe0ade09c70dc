import { Liquid } from 'liquidjs'

/**
 * Templates see only the data that they are filled with: a name that is not there is an error, nothing of JavaScript's
 * objects is visible, no file can be included, and size and time are bounded.
 */
export const liquid = new Liquid({
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
})
