/** What the file system refuses, in a sentence that says what to do. Plain JavaScript: the installation needs it too. */
import { relative } from 'node:path'

const said = {
  ENOSPC: (where) => `There is no space left on the disk of ${where}: make some, then run this again.`,
  EDQUOT: (where) => `Your share of the disk of ${where} is used up: make some space, then run this again.`,
  EROFS: (where) => `${where} lies on a disk that is read-only: copy the folder to one that can be written.`,
  EACCES: (where) =>
    `${where} may not be written by this user: change its owner or its permissions, or run this as its owner.`,
  EPERM: (where) =>
    `${where} may not be changed by this user: change its owner or its permissions, or run this as its owner.`,
  EEXIST: (where) => `${where} has to be a folder and is a file: move it away, then run this again.`,
  ENOTDIR: (where) =>
    `${where} has to lie in a folder, and a part of that path is a file: move it away, then run this again.`,
}

/** Undefined for an error that is none of the file system's, or that a person cannot mend. */
export function sentenceFor(error, repository) {
  const { code, path } = error ?? {}
  if (!(code in said)) return undefined
  return said[code](typeof path === 'string' ? shortPath(path, repository) : 'this folder')
}

/** Relative to the repository where it lies there. */
export function shortPath(path, repository) {
  const short = relative(repository, path)
  return short === '' ? 'this folder' : short.startsWith('..') ? path : short
}
