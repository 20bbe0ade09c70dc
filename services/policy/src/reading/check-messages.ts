import { messageFilters, messageTags } from '../messages/engine.ts'
import { messageNames } from '../messages/message-data.ts'
import { newTemplateProblems, type TemplateProblem, templateProblems } from '../messages/template-problems.ts'
import { suggest } from './did-you-mean.ts'
import type { SoundParts } from './sound-parts.ts'
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
  for (const { path, template } of templatesIn(parts))
    if (templateProblems(template).length === 0)
      report(newTemplateProblems(template), path, whatThereIs, source)
}

function templatesIn({ messages = {} }: SoundParts): { path: Path; template: string }[] {
  return Object.entries(messages).flatMap(([name, texts]) =>
    Object.entries(texts ?? {}).flatMap(([language, { subject, body }]) => [
      { path: ['messages', name, language, 'subject'], template: subject },
      { path: ['messages', name, language, 'body'], template: body },
    ]),
  )
}

function report(problems: readonly TemplateProblem[], path: Path, hint: string, source: YamlSource): void {
  for (const { at, message, unknown } of problems)
    source.reportWithin(path, at, message, unknown ? suggest(unknown, messageNames) : hint)
}

const howToWrite = 'Liquid: {{ order.id }}, {% if due != "" %} … {% endif %}'
const whatThereIs = `the tags of messages are ${messageTags.join(', ')}, the filters ${messageFilters.join(', ')}`
