/** Runs SQL that PostgreSQL 15 and later understand, on PGlite and on PostgreSQL alike. */
export interface Sql {
  /** One statement; `$1`, `$2` … stand for the values. int8 comes back as number, numeric as text, json parsed. */
  query<Row>(statement: string, values?: readonly unknown[]): Promise<Row[]>
  /** Several statements without values. */
  script(statements: string): Promise<void>
}

export interface Database extends Sql {
  /** Everything in `work` is committed together, or nothing of it when it rejects. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}
