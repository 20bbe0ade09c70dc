import { liquid } from './engine.ts'
import { groupByPath } from './group-by-path.ts'

/** A template filled with values by their dotted names, or why it cannot be. */
export function renderTemplate(
  template: string,
  data: { readonly [name: string]: string },
): { text: string } | { problem: string } {
  const grouped = groupByPath(data)
  if ('problem' in grouped) return grouped
  try {
    return { text: liquid.parseAndRenderSync(template, grouped.values) }
  } catch (error) {
    return { problem: `The template cannot be rendered: ${(error as Error).message}.` }
  }
}
