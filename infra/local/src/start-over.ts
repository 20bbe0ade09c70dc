import { existsSync, rmSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { shown } from './failure.ts'
import { megabytes } from './space.ts'

/** Deletes what earlier starts kept; says what goes before it goes. */
export async function startOver(dataDir: string, say: (line: string) => void): Promise<void> {
  if (!existsSync(dataDir)) return
  const what = `${shown(dataDir)} (${megabytes(await bytesIn(dataDir))})`
  say(`Starting over: ${what} is deleted, with the orders, cases, trail, mails and logs of earlier starts.`)
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
}

async function bytesIn(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = files.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return sizes.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0)
}
