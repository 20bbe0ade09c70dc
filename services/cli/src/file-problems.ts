import { closeSync, openSync, rmSync, statSync } from 'node:fs'
import { Failure, Misuse } from './failures.ts'

/** What the system says of a file, in words: what is so, and what to do. */
type Causes = Readonly<Record<string, string>>

const reading: Causes = {
  ENOENT: 'there is no such file. Check its name, and the folder that you are in.',
  EISDIR: 'it is a folder. Name a file in it.',
  ENOTDIR: 'a part of its path is no folder. Check its name.',
  EACCES: 'this account may not read it. Ask whose it is, or copy it to where you may.',
  EPERM: 'this account may not read it. Ask whose it is, or copy it to where you may.',
  ELOOP: 'its links lead in a circle. Name the file itself.',
  ENAMETOOLONG: 'its name is longer than a name can be. Check it.',
}

const writing: Causes = {
  ENOENT: 'the folder that it is to lie in is not there. Make it first, or name another.',
  EISDIR: 'it is a folder. Name a file in it.',
  ENOTDIR: 'a part of its path is no folder. Check its name.',
  EEXIST: 'a file has that name already. Name another, or move the file away.',
  EACCES: 'this account may not write there. Name another folder.',
  EPERM: 'this account may not write there. Name another folder.',
  EROFS: 'that disk can only be read. Name another folder.',
  ELOOP: 'its links lead in a circle. Name another.',
  ENAMETOOLONG: 'its name is longer than a name can be. Name it otherwise.',
}

/** Why a file that was named cannot be read. */
export const unreadable = (file: string, cause: unknown): Misuse | Failure =>
  problemOf(file, 'cannot be read', reading, cause)

/** Why a file or a folder that was named cannot be written. */
export const unwritable = (file: string, cause: unknown): Misuse | Failure =>
  problemOf(file, 'cannot be written', writing, cause)

function problemOf(file: string, what: string, causes: Causes, cause: unknown): Misuse | Failure {
  if (cause instanceof Misuse || cause instanceof Failure) return cause
  const { code = 'UNREADABLE', message } = cause as NodeJS.ErrnoException
  const why = causes[code]
  if (why !== undefined) return new Misuse(`${file} ${what}: ${why}`)
  // The disk and not the name is at fault.
  if (code === 'ENOSPC')
    return new Failure(code, `${file} ${what}: the disk is full. Make room, and run it again.`, { cause })
  return new Failure(code, `${file} ${what}: ${message}. Look at the disk that it lies on.`, { cause })
}

/** Fails where no file is to be read there. */
export function requireFile(file: string): void {
  try {
    if (statSync(file).isDirectory()) throw unreadable(file, { code: 'EISDIR' })
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

/** Fails where no file can be written there: before the work whose result it takes, and not behind it. */
export function requireWritable(file: string): void {
  const trial = `${file}.${process.pid}.trial`
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw unwritable(file, { code: 'EISDIR' })
    closeSync(openSync(trial, 'a', 0o600))
    rmSync(trial)
  } catch (cause) {
    throw unwritable(file, cause)
  }
}
