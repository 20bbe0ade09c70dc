import type { PolicyVersion, RosterVersion } from '@holdpoint/desk-contract'
import { type CompiledRoster, compileRoster, parseRoster, type Roster } from '@holdpoint/policy/duty'
import { Failure, Misuse } from '../failures.ts'
import { problemText } from '../policy/check-policy.ts'
import type { Session } from '../session.ts'
import { readText } from '../text-file.ts'

/** The roster of a file, or the one in force. */
export async function rosterFrom(session: Session, file: string | undefined): Promise<CompiledRoster> {
  if (file !== undefined) return compileRoster(rosterIn(readText(file), file))
  const { text, version } = await session.desk.get<RosterVersion>('/roster')
  return compileRoster(rosterIn(text, `roster version ${version}`))
}

/** The roster of a file, else the one in force; undefined when there is none, or no desk answers. */
export async function rosterBefore(session: Session, file: string | undefined): Promise<Roster | undefined> {
  if (file !== undefined) return rosterIn(readText(file), file)
  try {
    const found = await session.desk.find<RosterVersion>('/roster')
    return found && rosterIn(found.text, `roster version ${found.version}`)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

/**
 * A role that nobody has is an answer when the policy in force knows it; a name that stands nowhere is written wrongly.
 * With a roster of a file, that file alone says which roles there are.
 */
export async function requireRole(
  { desk }: Session,
  roster: CompiledRoster,
  role: string,
  file: string | undefined,
): Promise<void> {
  if (roster.duties.has(role)) return
  const { parsePolicy, suggest } = await import('@holdpoint/policy')
  const version = file === undefined ? await desk.find<PolicyVersion>('/policy') : undefined
  const read = version && parsePolicy(version.text)
  const roles = read && 'policy' in read ? [...read.policy.roles.keys()] : []
  if (roles.includes(role)) return
  const known = [...new Set([...roster.duties.keys(), ...roles])]
  throw new Misuse(`There is no role "${role}" in ${file ?? 'the roster'}: ${suggest(role, known)}`)
}

/** Fails with everything that is wrong with the text. */
export function rosterIn(text: string, where: string): Roster {
  const read = parseRoster(text)
  if ('roster' in read) return read.roster
  const errors = read.errors.map((error) => problemText(where, error, 'error')).join('')
  throw new Failure('ROSTER_ERRORS', `${errors}${read.errors.length} error(s) in ${where}.`)
}

/** Rosters in place, each read once. */
export function rostersInPlace(): (roster: unknown) => CompiledRoster {
  const known = new Map<string, CompiledRoster>()
  return (roster) => {
    // JSON is YAML.
    const text = typeof roster === 'string' ? roster : JSON.stringify(roster)
    const compiled = known.get(text) ?? compileRoster(rosterIn(text, 'the roster'))
    known.set(text, compiled)
    return compiled
  }
}
