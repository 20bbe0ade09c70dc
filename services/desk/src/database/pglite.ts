import { PGlite, type Transaction, types } from '@electric-sql/pglite'
import type { Database, Sql } from './port.ts'

/** PGlite has no process that clears dead rows away and renews the planner's figures: it is done here. */
const tidyEveryMs = 3_600_000

/**
 * Opens the embedded database in a folder, or in memory when no folder is given. One process may open a folder.
 * `onTrouble` hears of what fails in the background.
 */
export async function openPglite(
  folder?: string,
  onTrouble: (error: Error) => void = () => {},
): Promise<Database> {
  const lite = await PGlite.create({
    ...(folder ? { dataDir: folder } : {}),
    parsers: { [types.INT8]: Number },
  })
  const tidying = setInterval(() => void lite.exec('vacuum (analyze)').catch(onTrouble), tidyEveryMs).unref()
  return {
    ...sqlOn(lite),
    transaction: (work) => lite.transaction((open) => work(sqlOn(open))) as ReturnType<typeof work>,
    close: () => {
      clearInterval(tidying)
      return lite.close()
    },
  }
}

function sqlOn(lite: PGlite | Transaction): Sql {
  return {
    query: async <Row>(statement: string, values: readonly unknown[] = []) =>
      (await lite.query<Row>(statement, [...values])).rows,
    script: async (statements) => {
      await lite.exec(statements)
    },
  }
}
