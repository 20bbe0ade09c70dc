import { eventLimits } from './event-limits.ts'
import type { Problem } from './generated/types.ts'
import { idFault } from './visible-text.ts'

/** An id can be seen as it is, stands in an address as it is, and has a bounded length. */
export function idProblem(path: string, id: string): Problem[] {
  if (Buffer.byteLength(id) > eventLimits.idBytes)
    return [
      {
        path,
        message: `has ${Buffer.byteLength(id)} bytes, ${eventLimits.idBytes} are allowed: shorten it.`,
      },
    ]
  const fault = idFault(id)
  return fault === undefined ? [] : [{ path, message: fault }]
}

/** A name becomes the key of a map: besides being printable it may not be a word that JavaScript objects own. */
export function nameProblem(path: string, name: string): Problem[] {
  if (Buffer.byteLength(name) > eventLimits.nameBytes)
    return [
      {
        path,
        message: `has ${Buffer.byteLength(name)} bytes, ${eventLimits.nameBytes} are allowed: shorten it.`,
      },
    ]
  if (name in Object.prototype) return [{ path, message: `"${name}" is reserved: use another name.` }]
  return idProblem(path, name)
}

/**
 * Texts that cannot be stored by every reader: NUL, which SQL texts cannot hold, and broken surrogate pairs. JSON
 * escapes exactly these characters; looking for the escapes in `json`, which holds all texts of the value, is several
 * times as fast as walking every event.
 */
export function textProblems(value: object, json: string): Problem[] {
  return /\\u(?:0000|d[89a-f])/.test(json) ? unstorablePaths(value, '') : []
}

function unstorablePaths(value: unknown, path: string): Problem[] {
  if (typeof value === 'string') return storable(value) ? [] : [unstorable(path)]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) =>
    storable(name) ? unstorablePaths(part, path === '' ? name : `${path}.${name}`) : [unstorable(path)],
  )
}

function storable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function unstorable(path: string): Problem {
  return { path, message: 'holds a NUL character or half a surrogate pair: leave it out.' }
}
