import { fieldMatches, orderFields } from '@holdpoint/schemas'
import { suggest } from './did-you-mean.ts'
import type { SoundParts } from './sound-parts.ts'
import type { YamlSource } from './yaml-source.ts'

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
