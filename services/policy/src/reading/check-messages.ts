import { messageNames } from '../messages/message-data.ts'
import { templateProblems } from '../messages/template-problems.ts'
import { suggest } from './did-you-mean.ts'
import type { SoundParts } from './sound-parts.ts'
import type { Path, YamlSource } from './yaml-source.ts'

/** Reports messages without English, and what is wrong with their templates. */
export function checkMessages({ messages = {} }: SoundParts, source: YamlSource): void {
  for (const [name, texts] of Object.entries(messages)) {
    if (!texts) continue
    if (!Object.keys(texts).some((language) => language.toLowerCase() === 'en'))
      source.reportName(
        ['messages', name],
        `the message "${name}" has no text in en`,
        'customers whose language is missing get the English text',
      )
    for (const [language, { subject, body }] of Object.entries(texts)) {
      checkTemplate(['messages', name, language, 'subject'], subject, source)
      checkTemplate(['messages', name, language, 'body'], body, source)
    }
  }
}

function checkTemplate(path: Path, template: string, source: YamlSource): void {
  for (const { at, message, unknown } of templateProblems(template))
    source.reportWithin(path, at, message, unknown ? suggest(unknown, messageNames) : howToWrite)
}

const howToWrite = 'Liquid: {{ order.id }}, {% if due != "" %} … {% endif %}'
