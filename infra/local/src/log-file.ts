import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** A longer log is put aside as `.1` at the next start of its process. */
const longestBytes = 20 * 1024 * 1024

export function openLog(path: string): { fd: number; close: () => void } {
  mkdirSync(dirname(path), { recursive: true })
  if (existsSync(path) && statSync(path).size > longestBytes) renameSync(path, `${path}.1`)
  const fd = openSync(path, 'a')
  return { fd, close: () => closeSync(fd) }
}

export function tailOf(path: string, lines = 15): string {
  if (!existsSync(path)) return '(empty)'
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
}
