import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { anyWholeNumber, wholeNumber } from '../arguments.ts'
import { whoActs } from '../cases/act.ts'
import type { PolicyVersion } from '../desk/answers.ts'
import { Misuse } from '../failures.ts'
import { checkPolicy, checkText } from '../policy/check-policy.ts'
import { type Session, type World, work } from '../session.ts'
import { listOf, tableOf } from '../terminal.ts'
import { clock } from '../times.ts'

const checkExamples = `
For each exception type the check answers the five questions: who owns it, what triggers it, how bad data is fixed,
who changed what and why (always in the trail), and what the customer is told. It needs no running Holdpoint.
Exit code 1: the policy cannot be published.

Example:
  holdpoint policy check my.policy.yaml`

export function addPolicy(program: Command, world: World): void {
  const policy = program.command('policy').description('Check, publish and read the policy')
  policy
    .command('check')
    .argument('<file>', 'policy file (YAML)')
    .description('Say whether a policy could be published, and what it answers')
    .addHelpText('after', checkExamples)
    .action(work(world, check))
  policy
    .command('publish')
    .argument('<file>', 'policy file (YAML)')
    .description('Publish a policy as the next version; it judges every revision from then on')
    .option('--as <subject>', 'who publishes (or set HOLDPOINT_AS)')
    .requiredOption('--reason <text>', 'why; it goes into the trail')
    .option('--based-on <version>', 'refuse when another version is in force, 0 for none', anyWholeNumber)
    .addHelpText(
      'after',
      '\nExample:\n  holdpoint policy publish my.policy.yaml --as olga --reason "discounts from 20 %"',
    )
    .action(work<PublishOptions>(world, publish))
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

interface PublishOptions {
  as?: string
  reason: string
  basedOn?: number
}

async function check(session: Session, _options: object, file?: string): Promise<void> {
  const result = await checkPolicy(readText(file as string))
  session.show(result, () => checkText(file as string, result))
  if (!result.ok) session.no()
}

async function publish(session: Session, options: PublishOptions, file?: string): Promise<void> {
  const text = readText(file as string)
  const token = await session.desk.signIn(whoActs(session, options.as))
  const { reason, basedOn } = options
  const body = { text, reason, ...(basedOn === undefined ? {} : { basedOn }) }
  const published = await session.desk.post<{ version: number; digest: string }>('/policy', { token, body })
  session.show(published, () => `Policy version ${published.version} is published.\n`)
}

async function show(session: Session, options: { version?: number; versions?: boolean }): Promise<void> {
  if (options.versions) {
    const { versions } = await session.desk.get<{ versions: PolicyVersion[] }>('/policy/versions')
    const rows = versions.map(({ version, at, by, title, reason }) => [
      String(version),
      clock(at),
      by.name,
      title,
      reason,
    ])
    session.show({ versions }, () => tableOf(['VERSION', 'PUBLISHED', 'BY', 'TITLE', 'REASON'], rows))
    return
  }
  const path = options.version === undefined ? '/policy' : `/policy/versions/${options.version}`
  const found = await session.desk.get<PolicyVersion>(path)
  if (session.terminal.live && !session.json)
    session.terminal.err(
      `${listOf([['version', `${found.version}, ${clock(found.at)}, by ${found.by.name}: ${found.reason}`]])}\n`,
    )
  session.show(found, () => (found.text.endsWith('\n') ? found.text : `${found.text}\n`))
}

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Misuse(`${file} cannot be read: ${(cause as Error).message}`)
  }
}
