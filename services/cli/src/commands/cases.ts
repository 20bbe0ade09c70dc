import type { Command } from 'commander'
import { Option } from 'commander'
import { settings, wholeNumber } from '../arguments.ts'
import { type ActOptions, act } from '../cases/act.ts'
import { casesText, caseText } from '../cases/case-text.ts'
import { findCases, showCase } from '../cases/read-cases.ts'
import { type Session, type World, work } from '../session.ts'

interface ListOptions {
  status: string
  role?: string
  type?: string
  order?: string
  search?: string
  limit: number
}

const listExamples = `
Examples:
  holdpoint cases list                          all open cases, the most urgent first
  holdpoint cases list --role finance           what finance may decide now
  holdpoint cases list --status all --order SO-1042
  holdpoint cases list --json | jq '.cases[].caseId'`

const actExamples = (action: string, more = '') => `
The action is bound to the order as 'cases show' displayed it last: if the order has changed since, it is refused as
STALE_VIEW, so that nobody decides on what they have not seen.

Examples:
  holdpoint cases show C-4GX2M0P7QA
  holdpoint cases ${action} C-4GX2M0P7QA --as fiona --reason "agreed with the customer"${more}`

export function addCases(program: Command, world: World): void {
  const cases = program.command('cases').description('List, read and decide cases')
  cases
    .command('list')
    .description('List cases, open ones by their deadline')
    .addOption(
      new Option('--status <status>', 'which cases').choices(['open', 'closed', 'all']).default('open'),
    )
    .option('--role <role>', 'only cases that this role may decide now')
    .option('--type <type>', 'only this exception type, such as large-order')
    .option('--order <id>', 'only cases of this order')
    .option('--search <text>', 'part of an order id, case id, name or customer')
    .option('--limit <n>', 'at most so many', wholeNumber, 50)
    .addHelpText('after', listExamples)
    .action(work<ListOptions>(world, list))
  cases
    .command('show')
    .argument('<case>', 'case id, such as C-4GX2M0P7QA')
    .description('Show a case: its rule, the values that made it, what may be done, and what has happened')
    .addHelpText('after', '\nExample:\n  holdpoint cases show C-4GX2M0P7QA')
    .action(work(world, show))
  addAction(
    cases,
    world,
    'approve',
    'Say yes: what was asked for is applied, or the order may go on as it is',
  )
  addAction(cases, world, 'reject', 'Say no: a request is turned down, or the order may not go on as it is')
  addAction(cases, world, 'stop', 'Stop the stages of the order that the case holds')
  addAction(cases, world, 'correct', 'Put fields of the order right, which closes the case')
}

function addAction(cases: Command, world: World, action: ActOptions['action'], about: string): void {
  const command = cases
    .command(action)
    .argument('<case>', 'case id')
    .description(about)
    .option('--as <subject>', 'who acts (or set HOLDPOINT_AS)')
    .requiredOption('--reason <text>', 'why; it goes into the trail')
    .option('--digest <digest>', 'act on this state of the order instead of the one that was shown last')
  if (action === 'correct')
    command
      .requiredOption('--set <path=value>', 'a field and its new value; may be repeated', settings)
      .addHelpText(
        'after',
        actExamples(action, ' \\\n    --set shipping.city=Boston --set shipping.country=GB'),
      )
  else command.addHelpText('after', actExamples(action))
  command.action(
    work<Omit<ActOptions, 'action'>>(world, (session, options, caseId) =>
      act(session, caseId as string, { ...options, action }),
    ),
  )
}

async function list(session: Session, options: ListOptions): Promise<void> {
  const found = await findCases(session.desk, options)
  session.show(found, () => casesText(found, session.now()))
}

async function show(session: Session, _options: object, caseId?: string): Promise<void> {
  const found = await showCase(session, caseId as string)
  session.show(found, () => caseText(found, session.now()))
}
