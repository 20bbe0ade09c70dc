import { checkPerson, noPerson, noRole, type RosterCheck } from './check-mentions.ts'
import { checkPeriod, zoneOfRole } from './check-period.ts'
import { overrideShape } from './roster-shape.ts'
import type { SoundOverride } from './sound-roster.ts'

const changes = ['add', 'remove', 'replace'] as const

export function checkOverride(check: RosterCheck, index: number, override: SoundOverride): void {
  const { source, roles } = check
  const path = ['overrides', index]
  const { role, add, remove } = override
  if (role !== undefined && roles && !roles.has(role))
    source.report([...path, 'role'], ...noRole(role, roles))
  checkChange(check, index, override)
  checkPerson(check, [...path, 'add'], add)
  checkPerson(check, [...path, 'remove'], remove)
  checkReplacements(check, index, override)
  if (role !== undefined) checkPeriod(check, path, override, [zoneOfRole(check, role)])
}

function checkChange({ source }: RosterCheck, index: number, { written }: SoundOverride): void {
  const path = ['overrides', index]
  const [first, ...more] = changes.filter((change) => written.includes(change))
  // A field that is none may be one of them misspelt.
  if (first === undefined && written.every((field) => Object.hasOwn(overrideShape.shape, field)))
    source.reportName(
      path,
      `override ${index + 1} changes nothing`,
      'write add: suzy, remove: sam or replace: { sam: suzy }',
    )
  for (const change of more)
    source.reportName([...path, change], `override ${index + 1} has ${first} already`, 'write two overrides')
}

function checkReplacements(check: RosterCheck, index: number, { replace }: SoundOverride): void {
  if (!replace) return
  const path = ['overrides', index, 'replace']
  const pairs = Object.entries(replace)
  if (pairs.length === 0) check.source.report(path, 'nobody is replaced', 'write replace: { sam: suzy }')
  for (const [person, by] of pairs) {
    const unknown = noPerson(check, person)
    if (unknown) check.source.reportName([...path, person], ...unknown)
    if (person === by)
      check.source.report([...path, person], `"${person}" cannot replace "${person}"`, 'name somebody else')
    else checkPerson(check, [...path, person], by)
  }
}
