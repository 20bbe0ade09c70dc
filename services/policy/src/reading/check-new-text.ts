import { calendarDoubts } from '../calendar/index.ts'
import { readCondition } from '../condition/condition.ts'
import { vocabularyOf } from '../condition/vocabulary.ts'
import { tagInCase, tagProblem } from '../language/tag.ts'
import { checkNewMessages, warnOfTwoMeanings } from './check-messages.ts'
import type { SoundParts } from './sound-parts.ts'
import { actionsOf } from './to-policy.ts'
import type { YamlSource } from './yaml-source.ts'

/**
 * Reports what a text that is to be published may not say any more. Versions that were published before may: they stay in
 * force, and have to be read.
 */
export function checkNewText(parts: SoundParts, source: YamlSource): void {
  checkLanguages(parts, source)
  checkNewMessages(parts, source)
  checkFourEyes(parts, source)
  warnOfTwoMeanings(parts, (type) => isAboutRequest(type, parts), source)
  warnOfHours(parts, source)
}

/** Undefined for a type whose condition cannot be read. */
function isAboutRequest(type: string, parts: SoundParts): boolean | undefined {
  const { when } = parts.exceptions[type] ?? {}
  if (when === undefined || !parts.stages) return undefined
  const read = readCondition(when, vocabularyOf(parts))
  return 'problems' in read ? undefined : read.condition.basis === 'REQUEST'
}

/** Customers' languages are looked up by these tags, without regard to case. */
function checkLanguages({ messages = {} }: SoundParts, source: YamlSource): void {
  for (const [name, texts] of Object.entries(messages)) {
    const tags = Object.keys(texts ?? {})
    for (const [index, tag] of tags.entries()) {
      const problem = tagProblem(tag)
      const same = tags.slice(0, index).find((other) => tagInCase(other) === tagInCase(tag))
      if (problem) source.reportName(['messages', name, tag], problem.message, problem.hint)
      else if (same !== undefined)
        source.reportName(
          ['messages', name, tag],
          `"${tag}" is the same language as "${same}"`,
          'keep one of them: large and small letters make no difference',
        )
    }
  }
}

/** Nobody can correct, and nobody can ask: there is nothing of one's own to decide on. */
function checkFourEyes(parts: SoundParts, source: YamlSource): void {
  for (const [type, one] of Object.entries(parts.exceptions)) {
    const { kind, when } = one
    if (!one['four-eyes'] || kind === undefined || when === undefined || !parts.stages) continue
    const read = readCondition(when, vocabularyOf(parts))
    if ('problems' in read || read.condition.basis === 'REQUEST') continue
    if (actionsOf({ kind, actions: one.actions }).includes('correct')) continue
    source.reportName(
      ['exceptions', type, 'four-eyes'],
      'four-eyes has no effect here: nobody can correct, and the rule is not about a request',
      'add correct to actions, write approvals: 2 where two people have to approve, or leave four-eyes out',
    )
  }
}

function warnOfHours({ calendars = {} }: SoundParts, source: YamlSource): void {
  for (const [name, calendar] of Object.entries(calendars))
    for (const { path, message, hint } of calendarDoubts(calendar))
      source.warn(['calendars', name, ...path], message, hint)
}
