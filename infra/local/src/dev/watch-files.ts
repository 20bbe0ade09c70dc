import { type Dirent, type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { join, sep } from 'node:path'

/** So long nothing may change before the changes are told: an editor that saves all, or git, writes many files. */
const quietMs = 200

export type FileWatch = { close: () => void }

/**
 * Tells the files that changed in the folders and below, by their whole paths, once it has been quiet for a moment.
 * Each folder is watched by itself: a recursive watch loses a file on Linux once an editor has put another in its
 * place.
 */
export function watchFiles(folders: readonly string[], onChange: (files: string[]) => void): FileWatch {
  const watches = new Map<string, FSWatcher>()
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined

  function note(path: string): void {
    changed.add(path)
    clearTimeout(timer)
    timer = setTimeout(() => {
      const files = [...changed]
      changed.clear()
      onChange(files)
    }, quietMs)
  }

  function see(folder: string): void {
    if (watches.has(folder)) return
    const one = watch(folder, (_, name) => {
      if (name !== null) look(join(folder, name))
    })
    // Systems differ in what they say of a folder that is deleted.
    one.on('error', () => forget(folder))
    watches.set(folder, one)
  }

  function look(path: string): void {
    const there = statSync(path, { throwIfNoEntry: false })
    if (!there) forget(path)
    if (there?.isDirectory()) seeNew(path)
    else note(path)
  }

  /** What lies in a new folder may be there before it is watched. */
  function seeNew(folder: string): void {
    if (watches.has(folder)) return
    for (const each of foldersIn(folder)) see(each)
    for (const file of filesIn(folder)) note(file)
  }

  /** Another folder may come under the same name. */
  function forget(folder: string): void {
    for (const [path, one] of watches) {
      if (path !== folder && !path.startsWith(folder + sep)) continue
      one.close()
      watches.delete(path)
    }
  }

  for (const folder of folders.flatMap(foldersIn)) see(folder)
  return {
    close() {
      clearTimeout(timer)
      for (const one of watches.values()) one.close()
    },
  }
}

/** Nothing of a folder that is gone already. */
function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch {
    return []
  }
}

const pathOf = (entry: Dirent) => join(entry.parentPath, entry.name)

const foldersIn = (folder: string) => [
  folder,
  ...entriesIn(folder)
    .filter((entry) => entry.isDirectory())
    .map(pathOf),
]

const filesIn = (folder: string) =>
  entriesIn(folder)
    .filter((entry) => entry.isFile())
    .map(pathOf)
