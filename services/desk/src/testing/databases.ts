import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { openPglite } from '../database/pglite.ts'
import type { Database } from '../database/port.ts'
import { openPostgres } from '../database/postgres.ts'
import { testPostgres } from './config.ts'

/** Every database that the desk runs on. `skip` says why one cannot be tested here. */
export const databases: { name: string; skip: boolean; open: () => Promise<Database> }[] = [
  { name: 'on PGlite in memory', skip: false, open: () => openPglite() },
  {
    name: testPostgres ? 'on PostgreSQL' : 'on PostgreSQL (skipped: HOLDPOINT_TEST_POSTGRES is not set)',
    skip: !testPostgres,
    open: () => ownDatabase(testPostgres),
  },
]

/** A new database of the server, dropped when it is closed. */
async function ownDatabase(server = ''): Promise<Database> {
  const name = `desk_test_${randomUUID().replaceAll('-', '')}`
  await admin(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const database = await openPostgres(url.href, () => {})
  return {
    ...database,
    close: async () => {
      await database.close()
      await admin(server, `drop database ${name} with (force)`)
    },
  }
}

async function admin(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
