import type { Problem } from '@holdpoint/chassis'
import { limits } from './limits.ts'

export function controlCharacterIn(text: string): boolean {
  return /\p{Cc}/u.test(text)
}

/** An id is printable, has no blanks at its ends and a bounded length. */
export function idProblem(path: string, id: string): Problem[] {
  if (id === '') return [{ path, message: 'is empty: send an id.' }]
  if (id.length > limits.idLength)
    return [{ path, message: `has ${id.length} characters, ${limits.idLength} are allowed.` }]
  if (id.trim() !== id || controlCharacterIn(id))
    return [{ path, message: 'has blanks at its ends or control characters: leave them out.' }]
  return []
}

/** A name becomes the key of a map: besides being printable it may not be a word that JavaScript objects own. */
export function nameProblem(path: string, name: string): Problem[] {
  if (name.length > limits.nameLength)
    return [{ path, message: `has ${name.length} characters, ${limits.nameLength} are allowed.` }]
  if (name in Object.prototype) return [{ path, message: `"${name}" is reserved: use another name.` }]
  return idProblem(path, name)
}

/** Texts that cannot be stored by every reader: NUL, which SQL texts cannot hold, and broken surrogate pairs. */
export function textProblems(value: unknown, path = ''): Problem[] {
  if (typeof value === 'string') return storable(value) ? [] : [unstorable(path)]
  if (typeof value !== 'object' || value === null) return []
  const problems: Problem[] = []
  for (const [name, part] of Object.entries(value)) {
    if (typeof part === 'number' || part === null) continue
    const partPath = path === '' ? name : `${path}.${name}`
    problems.push(...(storable(name) ? textProblems(part, partPath) : [unstorable(path)]))
  }
  return problems
}

function storable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function unstorable(path: string): Problem {
  return { path, message: 'holds a NUL character or half a surrogate pair: leave it out.' }
}
