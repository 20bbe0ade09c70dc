import { namedStaff } from './duty/named-staff.ts'
import { policyDoubts } from './duty/policy-doubts.ts'
import type { Person } from './duty/roster.ts'
import { type FiveAnswers, fiveQuestions } from './five-questions.ts'
import { warnOfRules } from './logic/rule-warnings.ts'
import type { Policy } from './policy.ts'
import { checkMeaning } from './reading/check-meaning.ts'
import { checkNewText } from './reading/check-new-text.ts'
import { type FileError, inOrder } from './reading/file-error.ts'
import { policyFields } from './reading/policy-fields.ts'
import { readFields } from './reading/read-shape.ts'
import { type SoundParts, soundParts } from './reading/sound-parts.ts'
import { toPolicy } from './reading/to-policy.ts'
import { YamlSource } from './reading/yaml-source.ts'

/** A policy as it was read, or every error in its file. Both lists are in the order of the file. */
export type PolicyRead = { policy: Policy } | { errors: FileError[] }

export function parsePolicy(text: string): PolicyRead {
  return readPolicy(new YamlSource(text)).read
}

/**
 * The same with everything that can be said about the file: what is likely to be wrong, and the five questions. With the
 * people of a roster, also which cases their owners could not decide, and whom of them customers would read of.
 */
export function checkPolicy(
  text: string,
  people: readonly Person[] = [],
): PolicyRead & { warnings: FileError[]; answers: FiveAnswers[] } {
  const source = new YamlSource(text)
  const { read: asBefore, parts } = readPolicy(source)
  checkNewText(parts, source)
  const read = source.errors.length > 0 ? { errors: inOrder(source.errors) } : asBefore
  warnOfRules(parts, source)
  if ('policy' in read)
    for (const { path, message, hint } of [
      ...policyDoubts(read.policy.types.values(), people),
      ...namedStaff(read.policy, people),
    ])
      source.warn(path, message, hint)
  return { ...read, warnings: inOrder(source.warnings), answers: fiveQuestions(parts) }
}

function readPolicy(source: YamlSource): { read: PolicyRead; parts: SoundParts } {
  const value = source.value()
  const parts = soundParts(value)
  const shape = value === undefined ? undefined : readFields(source, policyFields)
  checkMeaning(parts, source)
  const read =
    shape && source.errors.length === 0 ? { policy: toPolicy(shape) } : { errors: inOrder(source.errors) }
  return { read, parts }
}
