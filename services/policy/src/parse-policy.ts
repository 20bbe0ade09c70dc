import { checkMeaning } from './check-meaning.ts'
import type { Policy, PolicyError } from './policy.ts'
import { readShape } from './read-shape.ts'
import { soundParts } from './sound-parts.ts'
import { toPolicy } from './to-policy.ts'
import { YamlSource } from './yaml-source.ts'

/** Reads a policy file: the policy, or every error in it, in the order of the file. */
export function parsePolicy(text: string): { policy: Policy } | { errors: PolicyError[] } {
  const source = new YamlSource(text)
  if (source.value() === undefined) return { errors: inOrder(source.errors) }
  const shape = readShape(source)
  checkMeaning(soundParts(source.value()), source)
  if (!shape || source.errors.length > 0) return { errors: inOrder(source.errors) }
  return { policy: toPolicy(shape) }
}

function inOrder(errors: readonly PolicyError[]): PolicyError[] {
  return errors.toSorted((one, other) => one.line - other.line || one.column - other.column)
}
