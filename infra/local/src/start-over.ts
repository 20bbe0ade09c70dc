import { existsSync, rmSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { shown } from './failure.ts'
import { megabytes } from './space.ts'

const blockBytes = 512

/** Deletes what earlier starts kept; says what goes before it goes. */
export async function startOver(dataDir: string, say: (line: string) => void): Promise<void> {
  if (!existsSync(dataDir)) return
  const what = `${shown(dataDir)} (${megabytes(await bytesIn(dataDir))})`
  say(`Starting over: ${what} is deleted, with the orders, cases, trail, mails and logs of earlier starts.`)
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
}

/** What the files take up of the disk; Kafka's hold much less than they say. */
async function bytesIn(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = files.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const blocks = paths.map((path) => statSync(path, { throwIfNoEntry: false })?.blocks ?? 0)
  return blockBytes * blocks.reduce((sum, count) => sum + count, 0)
}
