import { Command, CommanderError } from 'commander'
import { addAudit } from './commands/audit.ts'
import { addCases } from './commands/cases.ts'
import { addDeadLetters } from './commands/dead-letters.ts'
import { addDecisions } from './commands/decisions.ts'
import { addDuty } from './commands/duty.ts'
import { addNotices } from './commands/notices.ts'
import { addOrders } from './commands/orders.ts'
import { addPeople } from './commands/people.ts'
import { addPolicy } from './commands/policy.ts'
import { addRoster } from './commands/roster.ts'
import { addStatus } from './commands/status.ts'
import { addTrail } from './commands/trail.ts'
import { detailsOf, exitCodeOf, Misuse, toldOf } from './failures.ts'
import type { World } from './session.ts'
import { jsonLineOf, safeTerminal } from './terminal.ts'

const overview = `
Start here:
  holdpoint status                                 what answers, how things stand
  holdpoint orders generate --count 50             some orders
  holdpoint cases list                             what waits for a decision
  holdpoint cases show C-4GX2M0P7QA                why, and what may be done
  holdpoint cases approve C-4GX2M0P7QA --as fiona --reason "agreed with the customer"
  holdpoint decisions follow                       what billing and warehouse read

Exit codes: 0 done, 1 the answer is no or something failed, 2 used wrongly, 3 nobody can say (audit verify).
Addresses come from the options, else from KAFKA_BROKERS, SCHEMA_REGISTRY_URL, DESK_URL and INTAKE_URL, else from the
stack that npm start brought up in this folder or above, else from its usual ports.`

/** Runs one command line and gives the exit code. */
export async function runProgram(args: readonly string[], surroundings: World): Promise<number> {
  const world = { ...surroundings, terminal: safeTerminal(surroundings.terminal) }
  try {
    requireWhole(args)
    await createProgram(world).parseAsync([...args], { from: 'user' })
    return world.exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    tell(error, args, world)
    return exitCodeOf(error)
  }
}

/** Node puts U+FFFD where the terminal gives bytes that are no UTF-8: a reason would say so for ever. */
function requireWhole(args: readonly string[]): void {
  const broken = args.find((arg) => arg.includes('\uFFFD'))
  if (broken !== undefined)
    throw new Misuse(`"${broken}" did not come in UTF-8. Set the terminal to UTF-8, and type it again.`)
}

/** For what is raised outside of the command's own course, such as in an event of a socket. */
export function tellAndEnd(error: unknown, args: readonly string[], world: World): never {
  tell(error, args, { ...world, terminal: safeTerminal(world.terminal) })
  process.exit(exitCodeOf(error))
}

export function createProgram(world: World): Command {
  const program = new Command('holdpoint')
    .description('Every messy order gets one owner, a deadline, a backup and a written trail.')
    .option('--json', 'print JSON for machines')
    .option('--debug', 'when something fails, print where in the program')
    .option('--desk <url>', "address of the desk's API")
    .option('--kafka <brokers>', 'Kafka brokers, host:port[,host:port…]')
    .option('--registry <url>', 'address of the schema registry')
    .option('--intake <url>', "address of intake's HTTP door")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: world.terminal.out, writeErr: world.terminal.err })
    .showHelpAfterError('(add --help for how to use it)')
    .addHelpText('after', overview)
    .exitOverride()
  for (const add of [
    addOrders,
    addCases,
    addDecisions,
    addPolicy,
    addNotices,
    addRoster,
    addDuty,
    addDeadLetters,
    addTrail,
    addAudit,
    addPeople,
    addStatus,
  ])
    add(program, world)
  return program
}

function tell(error: unknown, args: readonly string[], { terminal }: World): void {
  const told = toldOf(error)
  terminal.err(args.includes('--json') ? jsonLineOf({ error: told }) : `${told.message}\n`)
  if (args.includes('--debug')) terminal.err(detailsOf(error))
}
