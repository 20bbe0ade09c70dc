import { isScalar, type Node } from 'yaml'
import { startOf } from './parse-yaml.ts'

/**
 * Where a character of a text stands in the file. Quotes, indentation and folded lines are in the file only; behind
 * an escape that stands for another character, the start of the text has to do.
 */
export function offsetWithin(file: string, node: Node, at: number): number {
  const start = startOf(node)
  if (!isScalar(node) || typeof node.value !== 'string') return start
  const isBlock = node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL'
  let here = isBlock ? file.indexOf('\n', start) + 1 : start + (node.type === 'PLAIN' ? 0 : 1)
  for (let index = 0; index <= at && index <= node.value.length; index++) {
    const wanted = node.value.charAt(index)
    if (wanted.trim() === '') {
      if (index === at) return here
      continue
    }
    while (/\s/.test(file.charAt(here))) here++
    if (node.type === 'QUOTE_DOUBLE' && file.charAt(here) === '\\') here++
    if (file.charAt(here) !== wanted) return start
    if (index === at) return here
    here += node.type === 'QUOTE_SINGLE' && wanted === "'" ? 2 : 1
  }
  return here
}
