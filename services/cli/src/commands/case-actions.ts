import type { ActionName } from '@holdpoint/desk-contract'
import { endsCase, ruleOf } from '@holdpoint/policy/actions'
import type { Command } from 'commander'
import { settings } from '../arguments.ts'
import { type ActOptions, act } from '../cases/act.ts'
import { actOnMany } from '../cases/act-on-many.ts'
import { type RaiseOptions, raise } from '../cases/raise.ts'
import { type Session, type World, work } from '../session.ts'

interface CaseAction {
  name: ActionName
  about: string
  /** The option that says why, or what; without one nothing has to be said. */
  says?: 'reason' | 'text'
  /** Who acts in the examples; fiona of finance unless said. */
  as?: string
  /** The rest of an example line. */
  example: string
  /** What may stand behind it when only one case is named. */
  alone?: string
  options?: (command: Command) => void
}

const set = ['--set <path=value>', 'a field and its new value; may be repeated'] as const
const agreed = '--reason "agreed with the customer"'

const actions: readonly CaseAction[] = [
  {
    name: 'approve',
    about: 'Say yes: what was asked for or proposed is applied, or the order may go on as it is',
    says: 'reason',
    example: agreed,
    alone: ' --set lines.1.discountPercent=20',
    options: (command) =>
      command.option('--set <path=value>', 'grant less than was asked for; may be repeated', settings),
  },
  {
    name: 'reject',
    about: 'Say no: a request is turned down, or the order may not go on as it is',
    says: 'reason',
    example: agreed,
  },
  {
    name: 'stop',
    about: 'Stop the order, or the stages that the type says, for good',
    says: 'reason',
    example: agreed,
    alone: ' --whole-order',
    options: (command) =>
      command.option(
        '--whole-order',
        'all stages, where the type stops only some; ends the other cases of the order as well',
      ),
  },
  {
    name: 'correct',
    about:
      'Put fields of the order right, which closes the case, or proposes them where others have to see it',
    says: 'reason',
    example: `${agreed} \\\n    --set shipping.city=Boston --set shipping.country=GB`,
    options: (command) => command.requiredOption(...set, settings),
  },
  {
    name: 'clear',
    about: 'Release the order, once all its cases are closed: the order owner has looked at all of it',
    says: 'reason',
    example: agreed,
  },
  {
    name: 'ask',
    about: 'Ask somebody: the clock of the case stands still until the answer is there',
    says: 'text',
    example: '--to customer --text "Which colour?" --within "1 working day"',
    options: (command) =>
      command
        .requiredOption('--to <whom>', 'customer (by e-mail), requester, or a role')
        .option('--within <time>', 'time to answer, such as "1 working day"; else that of the case'),
  },
  {
    name: 'answer',
    about: 'Write down the answer: the clock goes on. Fields that it gives wait for somebody to approve them',
    says: 'text',
    example: '--text "blue" --set shipping.city=Boston',
    options: (command) => command.option(...set, settings),
  },
  {
    name: 'note',
    about: 'Add a note, for everybody who has to do with the case',
    says: 'text',
    example: '--text "rang twice, nobody there"',
  },
  { name: 'claim', about: 'Take the case', example: '' },
  {
    name: 'reassign',
    about: 'Hand the case to somebody else who may decide it',
    says: 'reason',
    as: 'sam',
    example: '--to suzy --reason "I am away from noon"',
    options: (command) =>
      command.requiredOption('--to <subject>', 'who; holdpoint roster show lists the people'),
  },
  {
    name: 'reopen',
    about: 'Open a closed case again: what it held waits again, and its time begins anew',
    says: 'reason',
    example: '--reason "it was the wrong order"',
  },
  {
    name: 'replan',
    about: 'Count the deadline by the newest policy, since the same instant',
    says: 'reason',
    example: '--reason "the new times count for old cases too"',
  },
]

const boundHelp = `
The action is bound to the order as 'cases show' displayed it last: if the order has changed since, or
somebody has proposed other values, it is refused as STALE_VIEW, so that nobody decides on what they have not seen. A case that was not displayed here before is displayed, and
nothing is done until it is said again (or --yes).
`
const manyHelp = `
Several cases may be named at once. Each is answered for itself; the exit code is 1 when one was not carried out.
`

export function addCaseActions(cases: Command, world: World): void {
  for (const action of actions) addAction(cases, world, action)
  addRaise(cases, world)
}

type Options = Omit<ActOptions, 'action' | 'reason'> & { reason?: string; text?: string }

function addAction(cases: Command, world: World, action: CaseAction): void {
  const { name, about, says, options } = action
  const many = takesMany(name)
  const command = cases
    .command(name)
    .argument(many ? '<case...>' : '<case>', many ? 'case ids' : 'case id')
    .description(about)
    .option('--as <subject>', 'who acts (or set HOLDPOINT_AS)')
  if (says === 'reason') command.requiredOption('--reason <text>', 'why; it goes into the trail')
  if (says === 'text') command.requiredOption('--text <text>', 'what; it goes into the trail')
  if (endsCase(name))
    command
      .option('--digest <digest>', 'act on this state of the order instead of the one that was shown last')
      .option('--yes', 'also on a case that was not shown here before')
  if (ruleOf(name)?.takes.includes('forCustomer'))
    command.option('--for-customer <text>', 'what the customer reads of it; the reason stays in the house')
  options?.(command)
  command.addHelpText('after', helpOf(action))
  command.action(
    work<Options>(world, (session, { reason, text, ...given }, ...caseIds) =>
      carryOut(session, caseIds, { ...given, action: name, reason: text ?? reason ?? '' }),
    ),
  )
}

/** Several cases may be named at once. */
const takesMany = (name: ActionName): boolean => ruleOf(name)?.many ?? false

function carryOut(session: Session, caseIds: string[], options: ActOptions): Promise<void> {
  const [first = ''] = caseIds
  return caseIds.length > 1 ? actOnMany(session, caseIds, options) : act(session, first, options)
}

function helpOf({ name, as = 'fiona', example, alone = '' }: CaseAction): string {
  const many = takesMany(name)
  const line = (cases: string, rest: string) =>
    `holdpoint cases ${name} ${cases} --as ${as} ${rest}`.trimEnd()
  const examples = [
    ...(endsCase(name) ? ['holdpoint cases show C-4GX2M0P7QA'] : []),
    line('C-4GX2M0P7QA', example + alone),
    ...(many ? [line('C-4GX2M0P7QA C-7YD1K9T3MB', example)] : []),
  ]
  const notes = [...(endsCase(name) ? [boundHelp] : []), ...(many ? [manyHelp] : [])]
  return `${notes.join('')}\nExamples:${examples.map((one) => `\n  ${one}`).join('')}`
}

const raiseHelp = `
Of a type of the policy, or of the type "other" for what has no name yet, so that it is counted too.

Examples:
  holdpoint cases raise SO-1042 --as sam --reason "the customer says that half of it is missing"
  holdpoint cases raise SO-1042 --as sam --type address-country --reason "they have moved" --set shipping.city=Boston
  holdpoint cases raise SO-1042 --as sam --reason "the pallet is damaged" --hold shipping --recall`

function addRaise(cases: Command, world: World): void {
  cases
    .command('raise')
    .argument('<order>', 'order id')
    .description('Open a case by hand; nothing is called back unless you say so')
    .option('--as <subject>', 'who acts (or set HOLDPOINT_AS)')
    .option('--type <type>', 'exception type of the policy', 'other')
    .requiredOption('--reason <text>', 'what is the matter; it goes into the trail')
    .option('--set <path=value>', 'a field that approving the case would set; may be repeated', settings)
    .option(
      '--hold <stage...>',
      'stages that wait for it; else those of the type that have neither started nor been released',
    )
    .option('--recall', 'call stages back that were released already')
    .addHelpText('after', raiseHelp)
    .action(
      work<RaiseOptions>(world, (session, options, orderId) => raise(session, orderId as string, options)),
    )
}
