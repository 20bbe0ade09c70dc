import { hoursDoubts } from '../calendar/doubts.ts'
import { type FileError, inOrder } from '../reading/file-error.ts'
import { readFields } from '../reading/read-shape.ts'
import { YamlSource } from '../reading/yaml-source.ts'
import { checkRoster } from './check-roster.ts'
import { doubts } from './doubts.ts'
import type { Roster } from './roster.ts'
import { rosterFields, rosterFile } from './roster-fields.ts'
import { soundRoster } from './sound-roster.ts'
import { toRoster } from './to-roster.ts'

/** A roster with what is doubtful about it, or every error in its file. All lists are in the order of the file. */
export type RosterRead = { roster: Roster; warnings: FileError[] } | { errors: FileError[] }

/** Reads a roster file. */
export function parseRoster(text: string): RosterRead {
  const source = new YamlSource(text, rosterFile)
  const value = source.value()
  if (value === undefined) return { errors: inOrder(source.errors) }
  const shape = readFields(source, rosterFields)
  checkRoster(soundRoster(value), source)
  if (!shape || source.errors.length > 0) return { errors: inOrder(source.errors) }
  const roster = toRoster(shape)
  const ofHours = Object.entries(shape.rotas ?? {}).flatMap(([role, { hours = {} }]) =>
    hoursDoubts(hours, ['rotas', role, 'hours']),
  )
  for (const { path, message, hint } of [...doubts(roster), ...ofHours]) source.warn(path, message, hint)
  return { roster, warnings: inOrder(source.warnings) }
}
