import type { Problem } from '@holdpoint/chassis'
import { shortened } from '@holdpoint/schemas'

const mostProblems = 50
const longestText = 300

/**
 * The first problems, with long texts cut. A dead letter holds them beside the original bytes and must not outgrow
 * its topic, whatever the record was made of.
 */
export function bounded(problems: readonly Problem[]): Problem[] {
  const shown = problems
    .slice(0, mostProblems)
    .map(({ path, message }) => ({ path: cut(path), message: cut(message) }))
  const left = problems.length - shown.length
  return left > 0
    ? [...shown, { path: '', message: `${left} more are not listed: correct these first.` }]
    : shown
}

const cut = (text: string): string => shortened(text, longestText)
