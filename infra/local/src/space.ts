import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { StackError } from './errors.ts'
import { shown } from './failure.ts'
import { tailOf } from './log-file.ts'

/** Kafka, the registry and the desk write some 50 MB before the first order; with less than this they do not come up. */
const neededBytes = 150_000_000
/** A server that ends on a disk with less than this has ended for want of it. */
const nothingBytes = 1_000_000

/** Raises NO_SPACE when the disk of the folder has too little for a start. */
export function requireSpace(folder: string, free = freeBytes(folder)): void {
  if (free >= neededBytes) return
  throw new StackError(
    'NO_SPACE',
    `The disk of ${shown(folder)} has ${megabytes(free)} left, and a start needs ${megabytes(neededBytes)}: ` +
      'make some space, then start again.',
  )
}

/** What is known of why a process did not come up: a full disk, else the end of its log. */
export function whyNotReady(logFile: string, free = freeBytes(logFile)): string {
  if (free < nothingBytes)
    return `There is no space left on the disk of ${shown(logFile)}: make some, then start again.`
  return `The end of ${shown(logFile)}:\n${tailOf(logFile)}`
}

export const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000).toLocaleString('en')} MB`

/** Bytes that may still be written where the path lies, or will lie. */
function freeBytes(path: string): number {
  let folder = path
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
