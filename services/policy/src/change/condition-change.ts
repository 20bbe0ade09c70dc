import { treeOf } from '../condition/condition.ts'
import type { ExceptionType } from '../policy.ts'
import { inWords } from '../words/in-words.ts'
import { shortened } from '../words/shortened.ts'

/** In plain words; as they are written when two conditions sound the same. */
export function conditionChange(name: string, was: ExceptionType, is: ExceptionType): string[] {
  if (was.when === is.when) return []
  const before = inWords(treeOf(was.when))
  const now = inWords(treeOf(is.when))
  if (before === now) return [`${name}: its condition is now written ${is.when} (was: ${was.when}).`]
  return [`${name}: its condition is now: ${now} (was: ${shortened(before, now)}).`]
}
