import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of its own, in memory, so small that it can be filled. */
export type SmallDisk = {
  folder: string
  /** Takes every byte that is left. */
  fill: () => void
  free: () => void
  remove: () => void
}

/** Undefined where this process may not mount one: only root may, on Linux. */
export function smallDisk(megabytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  if (mounted.status !== 0) {
    rmdirSync(folder)
    return undefined
  }
  const filling = join(folder, 'filling')
  return {
    folder,
    fill: () => takeAll(filling),
    free: () => rmSync(filling, { force: true }),
    remove() {
      spawnSync('umount', ['--lazy', folder])
      rmdirSync(folder)
    },
  }
}

const filler = { large: Buffer.alloc(1024 * 1024), small: Buffer.alloc(4096) }

function takeAll(path: string): void {
  for (const bytes of [filler.large, filler.small]) {
    while (appends(path, bytes));
  }
}

function appends(path: string, bytes: Buffer): boolean {
  try {
    writeFileSync(path, bytes, { flag: 'a' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false
    throw error
  }
}
