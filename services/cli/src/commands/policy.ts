import type { PolicyVersion } from '@holdpoint/desk-contract'
import type { Command } from 'commander'
import { anyWholeNumber, wholeNumber } from '../arguments.ts'
import type { DueOptions } from '../policy/due.ts'
import type { ExplainOptions } from '../policy/explain-policy.ts'
import type { TryOptions } from '../policy/try-policy.ts'
import type { PublishOptions } from '../policy/versions.ts'
import { type Session, type World, work } from '../session.ts'

const checkExamples = `
Prints a table: for each exception type one answer to each of the five questions, yes or no and why. A policy with errors
or with a no cannot be published; a warning stops nobody. It needs no running Holdpoint. Exit code 1: it cannot be published.

Examples:
  holdpoint policy check my.policy.yaml
  holdpoint policy check my.policy.yaml --roster roster.yaml`

const explainExamples = `
The order is a JSON file of events as \`orders send\` takes them; events that follow (a request, a change) can be added.

Examples:
  holdpoint policy explain my.policy.yaml --order infra/samples/story/1-place.json
  holdpoint policy explain my.policy.yaml --order 1-place.json --event 2-ask-terms.json`

const dueExamples = `
Answers in JSON: the due instant (UTC) and the receipt, whose intervals ran, were paused or closed. With --stdin it takes a
question from each line, {"calendar","from","within","pauses"}, the calendar a name of the policy or a definition in place,
and answers with a line each.

Examples:
  holdpoint policy due my.policy.yaml --calendar office --from 2026-03-02T16:00:00Z --within "2 working hours"
  holdpoint policy due my.policy.yaml --calendar office --from 2026-03-02T16:00:00Z --within "1 working day" \\
    --pause 2026-03-02T17:00:00Z/2026-03-03T10:00:00Z
  echo '{"calendar":"office","from":"2026-03-02T16:00:00Z","within":"2 hours"}' | holdpoint policy due my.policy.yaml --stdin`

const tryExamples = `
Judges the orders by the file and by the policy in force (or the file of --against), and shows what would be caught newly and
what no longer. Orders come from event files (JSON, a list or a line each; a folder of them) or from what was revised since.

Examples:
  holdpoint policy try my.policy.yaml --orders orders/
  holdpoint policy try my.policy.yaml --since 7d
  holdpoint policy try my.policy.yaml --orders day.jsonl --against old.policy.yaml`

export function addPolicy(program: Command, world: World): void {
  const policy = program.command('policy').description('Check, try, publish and read the policy')
  policy
    .command('check')
    .argument('<file>', 'policy file (YAML)')
    .description('Say whether a policy could be published, and what it answers')
    .option('--roster <file>', 'say also which cases these people could not decide')
    .addHelpText('after', checkExamples)
    .action(work<CheckOptions>(world, check))
  policy
    .command('explain')
    .argument('<file>', 'policy file (YAML)')
    .description('Say for each rule whether it matches an order, and why')
    .requiredOption('--order <file>', 'order events (JSON)')
    .option('--event <file>', 'events that follow; may be repeated', collect)
    .addHelpText('after', explainExamples)
    .action(
      work<ExplainOptions>(world, async (...args) =>
        (await import('../policy/explain-policy.ts')).explainPolicy(...args),
      ),
    )
  policy
    .command('try')
    .argument('<file>', 'policy file (YAML)')
    .description('Show what a policy would catch that the one in force does not, and the other way round')
    .option('--orders <path>', 'event file, or a folder of them')
    .option('--since <time>', 'orders revised since: 7d, 12h, or an instant')
    .option('--against <file>', 'compare with this policy instead of the one in force')
    .addHelpText('after', tryExamples)
    .action(
      work<TryOptions>(world, async (...args) =>
        (await import('../policy/try-policy.ts')).tryPolicy(...args),
      ),
    )
  policy
    .command('due')
    .argument('[file]', 'policy file (YAML) with the calendars')
    .description('Say when something is due that has to happen within a time')
    .option('--calendar <name>', 'calendar of the policy')
    .option('--from <instant>', 'when the clock starts')
    .option('--within <time>', '2 hours, 90 working minutes, 1 working day …')
    .option('--pause <from/to>', 'a time in which the clock stood still; may be repeated', collect)
    .option('--stdin', 'take a question from each line')
    .addHelpText('after', dueExamples)
    .action(work<DueOptions>(world, async (...args) => (await import('../policy/due.ts')).due(...args)))
  addVersions(policy, world)
}

function addVersions(policy: Command, world: World): void {
  policy
    .command('publish')
    .argument('<file>', 'policy file (YAML)')
    .description('Publish a policy as the next version; it judges every revision from then on')
    .option('--as <subject>', 'who publishes (or set HOLDPOINT_AS)')
    .requiredOption('--reason <text>', 'why; it goes into the trail')
    .option('--based-on <version>', 'refuse when another version is in force, 0 for none', anyWholeNumber)
    .addHelpText(
      'after',
      '\nWithout --based-on it counts on the version that was shown last on this machine.\n' +
        '\nExample:\n  holdpoint policy publish my.policy.yaml --as olga --reason "discounts from 20 %"',
    )
    .action(
      work<PublishOptions>(world, async (session, options, file) =>
        (await import('../policy/versions.ts')).publishFile(session, 'policy', options, file as string),
      ),
    )
  policy
    .command('show')
    .description('Print the policy in force')
    .option('--version <n>', 'this version instead', wholeNumber)
    .option('--versions', 'list all versions instead')
    .addHelpText(
      'after',
      '\nExamples:\n  holdpoint policy show > my.policy.yaml\n  holdpoint policy show --versions',
    )
    .action(work<{ version?: number; versions?: boolean }>(world, show))
}

interface CheckOptions {
  roster?: string
}

async function check(session: Session, { roster }: CheckOptions, file?: string): Promise<void> {
  const { checkPolicyText, checkText } = await import('../policy/check-policy.ts')
  const { readText } = await import('../text-file.ts')
  const result = await checkPolicyText(readText(file as string), await peopleIn(roster))
  session.show(result, () => checkText(file as string, result, session.terminal))
  if (!result.ok) session.no()
}

async function peopleIn(roster: string | undefined) {
  if (roster === undefined) return []
  const { rosterIn } = await import('../duty/roster-source.ts')
  const { readText } = await import('../text-file.ts')
  return rosterIn(readText(roster), roster).people
}

async function show(session: Session, options: { version?: number; versions?: boolean }): Promise<void> {
  const { headVersion, listVersions } = await import('../policy/versions.ts')
  if (options.versions) return listVersions(session, 'policy')
  const path = options.version === undefined ? '/policy' : `/policy/versions/${options.version}`
  const found = await session.desk.get<PolicyVersion>(path)
  headVersion(session, 'policy', found, options.version === undefined)
  session.showFile(found, found.text.endsWith('\n') ? found.text : `${found.text}\n`)
}

const collect = (value: string, before: string[] = []): string[] => [...before, value]
