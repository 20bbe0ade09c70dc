import { sentenceFor, shortPath } from '../bootstrap/troubles.mjs'
import { StackError } from './errors.ts'
import { repository } from './folders.ts'

/** What a person at the terminal is told: a sentence where they can mend it, else all that helps to find the fault. */
export function messageFor(error: unknown): string {
  if (error instanceof StackError) return error.message
  return sentenceFor(error, repository) ?? String((error as Error).stack ?? error)
}

/** A path as people read it: from this folder on, where it lies there. */
export const shown = (path: string): string => shortPath(path, repository)
