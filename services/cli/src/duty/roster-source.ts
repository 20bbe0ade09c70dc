import { type CompiledRoster, compileRoster, parseRoster, type Roster } from '@holdpoint/policy/duty'
import type { RosterVersion } from '../desk/answers.ts'
import { Failure } from '../failures.ts'
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
