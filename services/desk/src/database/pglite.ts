import { PGlite, type Transaction, types } from '@electric-sql/pglite'
import type { Database, Sql } from './port.ts'

/** Opens the embedded database in a folder, or in memory when no folder is given. One process may open a folder. */
export async function openPglite(folder?: string): Promise<Database> {
  const lite = await PGlite.create({
    ...(folder ? { dataDir: folder } : {}),
    parsers: { [types.INT8]: Number },
  })
  return {
    ...sqlOn(lite),
    transaction: (work) => lite.transaction((open) => work(sqlOn(open))) as ReturnType<typeof work>,
    close: () => lite.close(),
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
