import pg from 'pg'
import type { Database, Sql } from './port.ts'

/** Opens a PostgreSQL by its URL. `onTrouble` hears of connections that broke while nobody used them. */
export async function openPostgres(url: string, onTrouble: (error: Error) => void): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 8, types: { getTypeParser } })
  pool.on('error', onTrouble)
  await pool.query('select 1')
  return {
    ...sqlOn(pool),
    transaction: (work) => inTransaction(pool, work),
    close: () => pool.end(),
  }
}

async function inTransaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(sqlOn(client))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}

function sqlOn(client: pg.Pool | pg.PoolClient): Sql {
  return {
    query: async <Row>(statement: string, values: readonly unknown[] = []) =>
      (await client.query(statement, [...values])).rows as Row[],
    script: async (statements) => {
      await client.query(statements)
    },
  }
}

/** int8 as number: the read model keeps instants, offsets and counts in it, all below 2^53. */
function getTypeParser(...type: Parameters<typeof pg.types.getTypeParser>): (text: string) => unknown {
  return Number(type[0]) === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(...type)
}
