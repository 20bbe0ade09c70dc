import type { Sql } from '../database/port.ts'
import { listPeople, type Person } from '../read/people.ts'
import { bootstrapPerson } from './roles.ts'

/** The people who may sign in now: those of the roster, or the bootstrap person before there is one. */
export async function peopleWhoMaySignIn(sql: Sql): Promise<Person[]> {
  const people = await listPeople(sql)
  return people.length > 0 ? people : [bootstrapPerson]
}

export async function findPerson(sql: Sql, subject: string): Promise<Person | undefined> {
  return (await peopleWhoMaySignIn(sql)).find((person) => person.subject === subject)
}
