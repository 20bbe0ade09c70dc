import type { Command } from 'commander'
import { Option } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { casesText, caseText } from '../cases/case-text.ts'
import { findCases, showCase } from '../cases/read-cases.ts'
import { type Session, type World, work } from '../session.ts'
import { addCaseActions } from './case-actions.ts'

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
  holdpoint cases list --status waiting         what waits for an answer
  holdpoint cases list --status stopped         stopped orders: nobody has said what now
  holdpoint cases list --status all --order SO-1042
  holdpoint cases list --json | jq '.cases[].caseId'`

export function addCases(program: Command, world: World): void {
  const cases = program.command('cases').description('List, read and decide cases; ask, note, hand over')
  cases
    .command('list')
    .description('List cases, open ones by their deadline')
    .addOption(
      new Option('--status <status>', 'which cases')
        .choices(['open', 'waiting', 'stopped', 'closed', 'all'])
        .default('open'),
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
    .description(
      'Show a case: its rule, the values that made it, what has happened, where its time went, what may be done',
    )
    .option('--as <subject>', 'whose actions to list (or set HOLDPOINT_AS); else those of whoever may')
    .addHelpText('after', '\nExample:\n  holdpoint cases show C-4GX2M0P7QA')
    .action(work<{ as?: string }>(world, show))
  addCaseActions(cases, world)
}

async function list(session: Session, options: ListOptions): Promise<void> {
  const found = await findCases(session.desk, options)
  session.show(found, () => casesText(found, session.now()))
}

async function show(session: Session, options: { as?: string }, caseId?: string): Promise<void> {
  const as = options.as ?? session.as
  const found = await showCase(session, caseId as string, as)
  session.show(found, () => caseText(found, session.now(), as))
}
