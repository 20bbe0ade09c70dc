/** A PostgreSQL for tests, such as postgres://postgres@127.0.0.1:5432/test; they make and drop databases of their own. */
export const testPostgres = process.env.HOLDPOINT_TEST_POSTGRES
