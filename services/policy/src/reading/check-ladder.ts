import { checkWithin } from './check-times.ts'
import { isRole, noRole } from './names.ts'
import type { SoundParts } from './sound-parts.ts'
import type { Path, YamlSource } from './yaml-source.ts'

/** An `escalate` of the file: where it stands, its levels, and who has the case before, the owner first. */
interface Escalation {
  path: Path
  levels: readonly { after: string; to: string }[]
  before: readonly (string | undefined)[]
}

/** Each level is a role that has not had the case yet, after a time in the calendar of the level before. */
export function checkLevels(
  { path, levels, before }: Escalation,
  parts: SoundParts,
  source: YamlSource,
): void {
  const { roles } = parts
  const holders = [...before]
  for (const [index, { after, to }] of levels.entries()) {
    checkWithin([...path, index, 'after'], after, holders.at(-1), parts, source)
    const place = [...path, index, 'to']
    if (roles && !isRole(to, roles)) source.report(place, ...noRole(to, roles))
    else if (holders.includes(to))
      source.report(
        place,
        `"${to}" has had the case already`,
        'each level is a role that is not on the ladder yet',
      )
    holders.push(to)
  }
}
