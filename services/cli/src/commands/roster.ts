import type { Command } from 'commander'
import { parseDocument } from 'yaml'
import { whoActs } from '../cases/act.ts'
import type { Person } from '../desk/answers.ts'
import { Failure } from '../failures.ts'
import { type Session, type World, work } from '../session.ts'
import { tableOf } from '../terminal.ts'
import { readText } from './policy.ts'

const publishExamples = `
The file lists the people; whoever is not in it leaves the roster:
  people:
    - { subject: fiona, name: Fiona Walsh, email: fiona@example.com, roles: [finance] }

Example:
  holdpoint roster publish roster.yaml --as olga --reason "Fiona joins finance"`

export function addRoster(program: Command, world: World): void {
  const roster = program.command('roster').description('Publish and read the people and their roles')
  roster
    .command('publish')
    .argument('<file>', 'roster file (YAML)')
    .description('Publish the whole roster')
    .option('--as <subject>', 'who publishes (or set HOLDPOINT_AS)')
    .requiredOption('--reason <text>', 'why; it goes into the trail')
    .addHelpText('after', publishExamples)
    .action(work<{ as?: string; reason: string }>(world, publish))
  roster.command('show').description('List the people and their roles').action(work(world, show))
}

async function publish(
  session: Session,
  options: { as?: string; reason: string },
  file?: string,
): Promise<void> {
  const people = readPeople(file as string)
  const token = await session.desk.signIn(whoActs(session, options.as))
  const body = { people, reason: options.reason }
  const published = await session.desk.post<{ people: Person[] }>('/roster', { token, body })
  session.show(published, () => `The roster is published: ${published.people.length} people.\n`)
}

/** The desk checks the people themselves; here the file only has to be a list of them. */
function readPeople(file: string): unknown[] {
  const document = parseDocument(readText(file))
  const [error] = document.errors
  if (error) throw new Failure('NO_YAML', `${file} cannot be read: ${error.message}`)
  const { people } = (document.toJS() ?? {}) as { people?: unknown }
  if (Array.isArray(people)) return people
  throw new Failure('NO_ROSTER', `${file} has no list of people. Begin it with: people:`)
}

async function show({ desk, show: print }: Session): Promise<void> {
  const roster = await desk.get<{ people: Person[] }>('/roster')
  const rows = roster.people.map(({ subject, name, email, roles }) => [
    subject,
    name,
    email,
    roles.join(', '),
  ])
  print(roster, () =>
    rows.length === 0
      ? 'No roster has been published yet.\n'
      : tableOf(['SUBJECT', 'NAME', 'E-MAIL', 'ROLES'], rows),
  )
}
