import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts'

export type Lock = { release: () => void }

/** Takes the lock file, or tells who holds it. A lock whose holder has ended is taken over. */
export function tryLock(path: string): Lock | ProcessIdentity {
  mkdirSync(dirname(path), { recursive: true })
  const ours = JSON.stringify(identify(process.pid))
  for (;;) {
    try {
      writeFileSync(path, ours, { flag: 'wx' })
      return { release: () => rmSync(path, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = holderOf(path)
    if (holder && isAlive(holder)) return holder
    rmSync(path, { force: true })
  }
}

/** Waits for as long as the holder lives. */
export async function waitForLock(path: string): Promise<Lock> {
  for (;;) {
    const result = tryLock(path)
    if ('release' in result) return result
    await pause(200)
  }
}

function holderOf(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity
  } catch {
    return undefined
  }
}
