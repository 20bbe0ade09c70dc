import { chmod, mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openPglite } from './pglite.ts'
import type { Database } from './port.ts'
import { openPostgres } from './postgres.ts'

/**
 * PostgreSQL when there is a URL, else the embedded database in the data folder. `onTrouble` hears of what fails in
 * the background.
 */
export async function openDatabase(
  { databaseUrl, dataDir }: { databaseUrl: string | undefined; dataDir: string },
  onTrouble: (error: Error) => void,
): Promise<Database> {
  return databaseUrl ? openPostgres(databaseUrl, onTrouble) : openEmbedded(dataDir, onTrouble)
}

/** A folder without its mark was never made to the end (the process was killed), so that it is made anew. */
async function openEmbedded(dataDir: string, onTrouble: (error: Error) => void): Promise<Database> {
  const folder = join(dataDir, 'desk')
  const mark = join(folder, 'holdpoint.made')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const made = await stat(mark).catch(() => undefined)
  if (!made) await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // It may have been made when others were let in.
  await chmod(folder, 0o700)
  const database = await openPglite(folder, onTrouble).catch((cause) => {
    const hint = 'If no other desk has it open, delete it: the desk builds it again from the topics.'
    throw new Error(`The embedded database in ${folder} cannot be opened. ${hint}`, { cause })
  })
  if (!made) await writeFile(mark, '')
  return database
}
