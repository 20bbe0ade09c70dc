import { isMailAddress } from '@holdpoint/schemas'
import { lookUpLanguage } from '../language/look-up.ts'
import { languages } from '../letters/languages/index.ts'
import { messageFilters, messageTags } from '../messages/engine.ts'
import { messageNames } from '../messages/message-data.ts'
import { newTemplateProblems, type TemplateProblem, templateProblems } from '../messages/template-problems.ts'
import { listed } from '../words/lists.ts'
import { suggest } from './did-you-mean.ts'
import type { SoundParts } from './sound-parts.ts'
import { actionsOf } from './to-policy.ts'
import type { Path, YamlSource } from './yaml-source.ts'

/** Reports messages without English, and what is wrong with their templates. */
export function checkMessages(parts: SoundParts, source: YamlSource): void {
  for (const [name, texts] of Object.entries(parts.messages ?? {}))
    if (texts && !Object.keys(texts).some((language) => language.toLowerCase() === 'en'))
      source.reportName(
        ['messages', name],
        `the message "${name}" has no text in en`,
        'customers whose language is missing get the English text',
      )
  for (const { path, template } of templatesIn(parts))
    report(templateProblems(template), path, howToWrite, source)
}

/** Reports what a template may not say any more; published versions may, so that some of them cannot be filled. */
export function checkNewMessages(parts: SoundParts, source: YamlSource): void {
  checkLetters(parts, source)
  for (const { path, template } of templatesIn(parts))
    if (templateProblems(template).length === 0)
      report(newTemplateProblems(template), path, whatThereIs, source)
}

/** A whole letter promises what it cannot know: what other cases hold, and until when. */
function checkLetters({ messages = {}, company }: SoundParts, source: YamlSource): void {
  for (const [name, texts] of Object.entries(messages))
    for (const [language, text] of Object.entries(texts ?? {})) {
      const path = ['messages', name, language]
      if (text.body !== undefined)
        source.reportName(
          [...path, 'body'],
          'a message is no whole letter any more: what waits, until when and what to do is said by the letter',
          'write about: with what is looked at, and leave out greeting, times and stages',
        )
      else if (text.about === undefined)
        source.reportName(path, `the message "${name}" does not say what it is about`, 'add about: …')
      if (!languages.has(lookUpLanguage(language, languages.keys()) ?? ''))
        source.warn(
          path,
          `letters are written in ${listed([...languages.keys()])}: nobody reads the text in ${language}`,
          'leave it out',
        )
    }
  if (!company && Object.keys(messages).length > 0)
    source.warn(
      [],
      'customers are not told who writes to them',
      'add company: { name: …, email: … (where answers go), phone: … }',
    )
  if (company?.email !== undefined && !isMailAddress(company.email))
    source.report(
      ['company', 'email'],
      `"${company.email}" is no e-mail address`,
      'email: orders@example.com',
    )
}

/** A no to what was asked for leaves the order as it was; a no to the order as it stands stops it: no sentence says both. */
export function warnOfTwoMeanings(
  { exceptions, messages = {} }: SoundParts,
  isAboutRequest: (type: string) => boolean | undefined,
  source: YamlSource,
): void {
  for (const [name, texts] of Object.entries(messages)) {
    const types = Object.entries(exceptions).filter(
      ([, { customer, kind, actions }]) =>
        customer === name && kind !== undefined && actionsOf({ kind, actions }).includes('reject'),
    )
    const bases = new Set(types.map(([type]) => isAboutRequest(type)))
    if (!bases.has(true) || !bases.has(false)) continue
    for (const [language, { rejected }] of Object.entries(texts ?? {}))
      if (rejected !== undefined)
        source.warn(
          ['messages', name, language, 'rejected'],
          'a no to a request lets the order go on, a no to an order stops it, and this text is read of both',
          'give the types that are about a request a message of their own',
        )
  }
}

function templatesIn({ messages = {} }: SoundParts): { path: Path; template: string }[] {
  return Object.entries(messages).flatMap(([name, texts]) =>
    Object.entries(texts ?? {}).flatMap(([language, { body: _, ...parts }]) =>
      Object.entries(parts).map(([part, template]) => ({
        path: ['messages', name, language, part],
        template,
      })),
    ),
  )
}

function report(problems: readonly TemplateProblem[], path: Path, hint: string, source: YamlSource): void {
  for (const { at, message, unknown } of problems)
    source.reportWithin(path, at, message, unknown ? suggest(unknown, messageNames) : hint)
}

const howToWrite = 'Liquid: {{ order.id }}, {% if order.terms != "" %} … {% endif %}'
const whatThereIs = `the tags of messages are ${messageTags.join(', ')}, the filters ${messageFilters.join(', ')}`
