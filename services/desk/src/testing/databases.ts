import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { openPglite } from '../database/pglite.ts'
import type { Database } from '../database/port.ts'
import { openPostgres } from '../database/postgres.ts'
import { prepare } from '../database/prepare.ts'
import { testPostgres } from './config.ts'
import { t0 } from './messages.ts'

/** Opening one takes seconds, more on a busy machine. */
export const openWithinMs = 120_000

let shared: Promise<Database> | undefined

/** An embedded database in memory that all files of a worker share: each test begins by emptying it. */
export function sharedPglite(): Promise<Database> {
  shared ??= openPglite().then((database) => ({ ...database, close: async () => {} }))
  return shared
}

/** Every database that the desk runs on. `skip` says why one cannot be tested here. */
export const databases: { name: string; skip: boolean; open: () => Promise<Database> }[] = [
  { name: 'on PGlite in memory', skip: false, open: sharedPglite },
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

/** Takes all rows out: much faster than making the tables anew. */
export async function empty(database: Database): Promise<void> {
  await prepare(database, { rebuild: false, now: t0 })
  const tables = await database.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema = 'read_model' or (table_schema = 'desk' and table_name <> 'state')`,
  )
  await database.script(tables.map(({ name }) => `delete from ${name};`).join(''))
}
