import { fieldMatches, orderFields } from '@holdpoint/schemas'
import { checkException } from './check-exception.ts'
import { suggest } from './did-you-mean.ts'
import { messageNames, templateProblems } from './message-texts.ts'
import type { SoundParts } from './sound-parts.ts'
import type { YamlSource } from './yaml-source.ts'

/** Reports what does not fit together: names that are not there, roles without a backup, conditions, templates. */
export function checkMeaning(parts: SoundParts, source: YamlSource): void {
  checkStages(parts, source)
  checkOrderOwner(parts, source)
  checkRoles(parts, source)
  checkMessages(parts, source)
  for (const type of Object.keys(parts.exceptions)) checkException(type, parts, source)
}

function checkStages({ stages = [] }: SoundParts, source: YamlSource): void {
  reportRepeats(stages, ['stages'], source)
}

function checkOrderOwner({ roles, 'order-owner': owner }: SoundParts, source: YamlSource): void {
  if (!roles || owner === undefined) return
  if (!isRole(owner, roles)) source.report(['order-owner'], ...noRole(owner, roles))
  else if (roles[owner]?.backup === undefined)
    source.report(
      ['order-owner'],
      `the role "${owner}" has no backup, so nobody could stand in for the order owner`,
      `write under roles: ${owner}: { backup: … }`,
    )
}

function checkRoles({ roles = {} }: SoundParts, source: YamlSource): void {
  for (const [role, { backup }] of Object.entries(roles)) {
    if (backup === undefined) continue
    const path = ['roles', role, 'backup']
    if (!isRole(backup, roles)) source.report(path, ...noRole(backup, roles))
    else if (backup === role) source.report(path, `"${role}" cannot be its own backup`, 'name another role')
  }
}

function checkMessages({ messages = {} }: SoundParts, source: YamlSource): void {
  for (const [name, texts] of Object.entries(messages)) {
    if (!Object.hasOwn(texts, 'en'))
      source.reportName(
        ['messages', name],
        `the message "${name}" has no text in en`,
        'customers whose language is missing get the English text',
      )
    for (const [language, text] of Object.entries(texts))
      for (const part of ['subject', 'body'] as const)
        for (const { message, unknown } of templateProblems(text[part]))
          source.report(
            ['messages', name, language, part],
            message,
            unknown
              ? suggest(unknown, messageNames)
              : 'Liquid: {{ order.id }}, {% if due != "" %} … {% endif %}',
          )
  }
}

export type Roles = NonNullable<SoundParts['roles']>

export const isRole = (name: string, roles: Roles): boolean => Object.hasOwn(roles, name)

export function noRole(name: string, roles: Roles): [message: string, hint: string] {
  return [`there is no role "${name}"`, suggest(name, Object.keys(roles))]
}

export function reportRepeats(names: readonly string[], path: readonly string[], source: YamlSource): void {
  for (const [index, name] of names.entries())
    if (names.indexOf(name) < index)
      source.report([...path, index], `"${name}" is listed twice`, 'once is enough')
}

/** Whether a pattern covers fields that an order has. */
export function coversFields(pattern: string): boolean {
  return orderFields().some(({ path }) => fieldMatches(pattern, path))
}
