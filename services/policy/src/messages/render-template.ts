import type { Template } from 'liquidjs'
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
    return { text: liquid.renderSync(parsed(template), grouped.values) }
  } catch (error) {
    return { problem: `The template cannot be rendered: ${(error as Error).message}.` }
  }
}

const known = new Map<string, Template[]>()
/** Those of a few policies. */
const mostKnown = 2_000

function parsed(template: string): Template[] {
  const found = known.get(template) ?? liquid.parse(template)
  if (known.size >= mostKnown) known.clear()
  known.set(template, found)
  return found
}
