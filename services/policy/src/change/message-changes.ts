import type { MessageText, Policy } from '../policy.ts'
import { listed } from '../words/lists.ts'
import { groupDifference } from './difference.ts'

export function messageChanges(before: Policy['messages'], after: Policy['messages']): string[] {
  const { gone, added, kept } = groupDifference(before, after)
  return [
    ...gone.map(([name]) => `The message ${name} is gone.`),
    ...added.map(
      ([name, texts]) => `The message ${name} is new, in ${listed([...texts.keys()].map(inEnglish))}.`,
    ),
    ...kept.flatMap(([name, was, is]) => textChanges(`The message ${name}`, was, is)),
  ]
}

type Texts = ReadonlyMap<string, MessageText>

function textChanges(message: string, before: Texts, after: Texts): string[] {
  const { gone, added, kept } = groupDifference(before, after)
  return [
    ...gone.map(([language]) => `${message} is no longer there in ${inEnglish(language)}.`),
    ...added.map(([language]) => `${message} is now there in ${inEnglish(language)}.`),
    ...kept.flatMap(([language, was, is]) => {
      const parts = (Object.keys(partNames) as (keyof MessageText)[])
        .filter((part) => was[part] !== is[part])
        .map((part) => partNames[part])
      return parts.length === 0 ? [] : [`${message} has another ${listed(parts)} in ${inEnglish(language)}.`]
    }),
  ]
}

const partNames: Record<keyof MessageText, string> = {
  subject: 'subject',
  about: 'text',
  asks: 'request to the customer',
  approved: 'text for when it is approved',
  rejected: 'text for when it is rejected',
  corrected: 'text for when it is corrected',
  stopped: 'text for when it is stopped',
  settled: 'text for when it has settled itself',
}

const names = new Intl.DisplayNames('en', { type: 'language' })

/** `German` for `de`; the code itself for a language that nobody has a name for. */
function inEnglish(language: string): string {
  try {
    return names.of(language) ?? language
  } catch (error) {
    // Intl knows fewer tags than there are: zh-yue is none for it.
    if (!(error instanceof RangeError)) throw error
    return language
  }
}
