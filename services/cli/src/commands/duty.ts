import { type Command, Option } from 'commander'
import { wholeNumber } from '../arguments.ts'
import type { GapsOptions } from '../duty/gaps.ts'
import type { ImportOptions } from '../duty/import-rota.ts'
import type { ShiftsOptions, WhoOptions } from '../duty/who.ts'
import { type World, work } from '../session.ts'

const whoExamples = `
Exit code 1: nobody is. With --stdin it takes a question from each line, {"role","at","roster"}, the roster in place or from
--roster, and answers with a line each.

Examples:
  holdpoint duty who --role support
  holdpoint duty who --role support --at 2026-12-25T10:00:00Z --roster roster.yaml`

const gapsExamples = `
Looks at every minute of the next days: each exception type of the policy needs somebody of its owner role on duty, and
somebody else of its backup role; as many people as have to approve; and somebody else than who asks, or corrects with four
eyes. Exit code 1: there are holes.

Examples:
  holdpoint duty gaps
  holdpoint duty gaps --days 30 --roster roster.yaml --policy my.policy.yaml`

export function addDuty(program: Command, world: World): void {
  const duty = program.command('duty').description('Say who is on duty when, and find the holes')
  duty
    .command('who')
    .description('Say who of a role is on duty')
    .option('--role <role>', 'role')
    .option('--at <instant>', 'when; now if left out')
    .option('--roster <file>', 'this roster instead of the one in force')
    .option('--stdin', 'take a question from each line')
    .addHelpText('after', whoExamples)
    .action(
      work<WhoOptions>(world, async (session, options) =>
        (await import('../duty/who.ts')).who(session, options),
      ),
    )
  duty
    .command('shifts')
    .description('List who of a role is on duty from when to when')
    .requiredOption('--role <role>', 'role')
    .option('--from <instant>', 'now if left out')
    .option('--to <instant>', 'a week later if left out')
    .option('--roster <file>', 'this roster instead of the one in force')
    .action(
      work<ShiftsOptions>(world, async (session, options) =>
        (await import('../duty/who.ts')).listShifts(session, options),
      ),
    )
  duty
    .command('gaps')
    .description(
      'Prove that each exception type has an owner and a different backup on duty, or list the holes',
    )
    .option('--days <n>', 'how many days ahead', wholeNumber, 90)
    .option('--from <instant>', 'now if left out')
    .option('--roster <file>', 'this roster instead of the one in force')
    .option('--policy <file>', 'this policy instead of the one in force')
    .addHelpText('after', gapsExamples)
    .action(
      work<GapsOptions>(world, async (session, options) =>
        (await import('../duty/gaps.ts')).listGaps(session, options),
      ),
    )
  duty
    .command('import')
    .argument('<file>', 'iCalendar file (.ics)')
    .description('Turn the events of a calendar into the shifts of a rota, as YAML for the roster')
    .requiredOption('--role <role>', 'role that the rota is for')
    .requiredOption('--roster <file>', 'roster with the people that the events name')
    .option('--zone <zone>', 'zone of events without one; that of the calendar if left out, else UTC')
    .addOption(
      new Option(
        '--tentative <what>',
        'shifts to which somebody has only said perhaps: take or leave; if left out they are told',
      ).choices(['take', 'leave']),
    )
    .option('--from <instant>', 'now if left out')
    .option('--days <n>', 'how many days ahead', wholeNumber, 90)
    .action(
      work<ImportOptions>(world, async (...args) =>
        (await import('../duty/import-rota.ts')).importRota(...args),
      ),
    )
}
