import { migrations, readModel } from './migrations.ts'
import type { Database, Sql } from './port.ts'

/** How long the desk remembers which commands it has sent, in days; as long as their topic keeps them. */
const commandDays = 90

export interface Prepared {
  /** The read model is empty and has to be replayed. */
  rebuilt: boolean
  /** It held once, since it was begun, everything that the topics held then. */
  isWhole: boolean
}

/** Brings the tables up to date in one transaction; drops the read model when asked to or when its version moved. */
export async function prepare(
  database: Database,
  { rebuild, now }: { rebuild: boolean; now: number },
): Promise<Prepared> {
  return database.transaction(async (sql) => {
    await sql.script(`
      create schema if not exists desk;
      create table if not exists desk.state (name text primary key, number int not null);`)
    await migrate(sql)
    await sql.query('delete from desk.commands where at < $1', [now - commandDays * 86_400_000])
    const rebuilt = rebuild || (await stateOf(sql, 'read model')) !== readModel.version
    if (rebuilt) await recreateReadModel(sql)
    return { rebuilt, isWhole: (await stateOf(sql, 'whole read model')) === readModel.version }
  })
}

/** The read model holds everything that the topics held at the start. */
export async function markWhole(sql: Sql): Promise<void> {
  await setState(sql, 'whole read model', readModel.version)
}

async function migrate(sql: Sql): Promise<void> {
  const done = (await stateOf(sql, 'migration')) ?? 0
  for (const { number, sql: statements } of migrations) {
    if (number <= done) continue
    await sql.script(statements)
    await setState(sql, 'migration', number)
  }
}

async function recreateReadModel(sql: Sql): Promise<void> {
  await sql.script(`drop schema if exists read_model cascade; create schema read_model; ${readModel.sql}`)
  await setState(sql, 'read model', readModel.version)
  await sql.query("delete from desk.state where name = 'whole read model'")
}

async function stateOf(sql: Sql, name: string): Promise<number | undefined> {
  const [row] = await sql.query<{ number: number }>('select number from desk.state where name = $1', [name])
  return row?.number
}

async function setState(sql: Sql, name: string, number: number): Promise<void> {
  await sql.query(
    `insert into desk.state (name, number) values ($1, $2)
     on conflict (name) do update set number = excluded.number`,
    [name, number],
  )
}
