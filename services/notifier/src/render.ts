import type { NoticeRequest } from '@holdpoint/schemas'
import { Liquid } from 'liquidjs'
import { groupByPath } from './template-data.ts'

export type Rendered = { subject: string; body: string } | { problem: string }

/**
 * Templates see only the notice's own data: a name that is not there is an error, nothing of JavaScript's objects
 * is visible, no file can be included, and size and time are bounded.
 */
const engine = new Liquid({
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  templates: {},
  timezoneOffset: 0,
  locale: 'en',
  parseLimit: 50_000,
  renderLimit: 200,
  memoryLimit: 1_000_000,
})

/** Fills the notice's templates with its data. Plain text; the subject is one line, so it can start no header. */
export function render({ subject, body, data }: Pick<NoticeRequest, 'subject' | 'body' | 'data'>): Rendered {
  const grouped = groupByPath(data)
  if ('problem' in grouped) return grouped
  try {
    return {
      subject: oneLine(engine.parseAndRenderSync(subject, grouped.values)),
      body: engine.parseAndRenderSync(body, grouped.values),
    }
  } catch (error) {
    return { problem: `The template cannot be rendered: ${(error as Error).message}.` }
  }
}

/** Line breaks and other control characters become blanks. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
}
