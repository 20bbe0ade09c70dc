import type { RosterVersion } from '@holdpoint/desk-contract'
import type { Command } from 'commander'
import { anyWholeNumber } from '../arguments.ts'
import type { PublishOptions } from '../policy/versions.ts'
import { type Session, type World, work } from '../session.ts'
import { printable, tableOf } from '../terminal.ts'

const publishExamples = `
The file says who works here, in which roles, and who is on duty when; whoever is not in it leaves the roster:
  people:
    - { subject: olga, name: Olga Petrova, email: olga@example.com, roles: [order-manager] }
    - { subject: sam, name: Sam Okafor, email: sam@example.com, roles: [support] }
    - { subject: suzy, name: Suzy Marsh, email: suzy@example.com, roles: [support] }
  rotas:
    support: { zone: Europe/London, hand-over: "09:00", turn: 1 week, starts: 2026-01-05, people: [sam, suzy] }

Example:
  holdpoint roster publish roster.yaml --as olga --reason "Suzy joins support"`

const checkHelp = `
It says also what the roster changes, and who comes on duty by it, against the one in force where a desk answers.

Examples:
  holdpoint roster check roster.yaml
  holdpoint roster check roster.yaml --against roster.old.yaml`

export function addRoster(program: Command, world: World): void {
  const roster = program
    .command('roster')
    .description('Check, publish and read the people, their roles and rotas')
  roster
    .command('check')
    .argument('<file>', 'roster file (YAML)')
    .description('Say whether a roster could be published, and what it would change')
    .option('--against <file>', 'compare with this roster instead of the one in force')
    .addHelpText('after', checkHelp)
    .action(work<CheckOptions>(world, check))
  roster
    .command('publish')
    .argument('<file>', 'roster file (YAML)')
    .description('Publish the whole roster as the next version')
    .option('--as <subject>', 'who publishes (or set HOLDPOINT_AS)')
    .requiredOption('--reason <text>', 'why; it goes into the trail')
    .option('--based-on <version>', 'refuse when another version is in force, 0 for none', anyWholeNumber)
    .addHelpText('after', publishExamples)
    .action(
      work<PublishOptions>(world, async (session, options, file) =>
        (await import('../policy/versions.ts')).publishFile(session, 'roster', options, file as string),
      ),
    )
  roster
    .command('show')
    .description('List the people and their roles')
    .option('--file', 'print the file instead')
    .option('--versions', 'list all versions instead')
    .action(work<{ file?: boolean; versions?: boolean }>(world, show))
}

interface CheckOptions {
  against?: string
}

async function check(session: Session, { against }: CheckOptions, file?: string): Promise<void> {
  const { describeRosterChange, parseRoster } = await import('@holdpoint/policy/duty')
  const { rosterBefore } = await import('../duty/roster-source.ts')
  const { problemText } = await import('../policy/check-policy.ts')
  const { readText } = await import('../text-file.ts')
  const read = parseRoster(readText(file as string))
  const errors = 'errors' in read ? read.errors : []
  const warnings = 'warnings' in read ? read.warnings : []
  const before = 'roster' in read ? await rosterBefore(session, against) : undefined
  const changes = before && 'roster' in read ? describeRosterChange(before, read.roster, session.now()) : []
  session.show({ ok: errors.length === 0, errors, warnings, changes }, () =>
    [
      ...errors.map((error) => problemText(file as string, error, 'error')),
      ...warnings.map((warning) => problemText(file as string, warning, 'warning')),
      errors.length > 0
        ? `${errors.length} error(s); this roster cannot be published.\n`
        : `No errors, ${warnings.length} warning(s).\n`,
      ...changes.map((change) => `  ${printable(change)}\n`),
    ].join(''),
  )
  if (errors.length > 0) session.no()
}

async function show(session: Session, options: { file?: boolean; versions?: boolean }): Promise<void> {
  const { headVersion, listVersions } = await import('../policy/versions.ts')
  if (options.versions) return listVersions(session, 'roster')
  const found = await session.desk.find<RosterVersion>('/roster')
  if (!found) {
    session.show({ people: [] }, () => 'No roster has been published yet.\n')
    return
  }
  headVersion(session, 'roster', found, true)
  if (options.file) session.showFile(found, found.text)
  else session.show(found, () => peopleText(found))
}

function peopleText({ people }: RosterVersion): string {
  const rows = people.map(({ subject, name, email, roles }) => [subject, name, email, roles.join(', ')])
  return tableOf(['SUBJECT', 'NAME', 'E-MAIL', 'ROLES'], rows)
}
