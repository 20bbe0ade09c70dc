import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** A longer log is put aside as `.1` at the next start of its process. */
const longestBytes = 20 * 1024 * 1024

export type OpenLog = { fd: number; close: () => void } | { refused: string }

/** For its owner's eyes only: a log may show what orders hold. */
export function openLog(path: string): OpenLog {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    if (existsSync(path) && statSync(path).size > longestBytes) renameSync(path, `${path}.1`)
    const fd = openSync(path, 'a', 0o600)
    return { fd, close: () => closeSync(fd) }
  } catch (error) {
    return { refused: (error as Error).message }
  }
}

export function tailOf(path: string, lines = 15): string {
  if (!existsSync(path)) return '(empty)'
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
}
