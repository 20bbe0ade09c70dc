import type { DeadLetter } from '@holdpoint/desk-contract'
import type { Command } from 'commander'
import { whoActs } from '../cases/act.ts'
import { Refusal } from '../desk/desk.ts'
import { deskPath } from '../desk/path.ts'
import { Misuse } from '../failures.ts'
import { type Session, type World, work } from '../session.ts'
import { printable } from '../terminal.ts'

const examples = `
The service that refused a record gets it once more, as if it came from its topic again: say, once the roster or the
policy that it waited for is there, or after an update. What it refuses again is a dead letter again. Put a wrong
record right by sending a new event instead. A dead letter is replayed once, unless you say --again.

Examples:
  holdpoint dlq replay orders.inbound.v1 2 1187 --as olga --reason "Upstream's schema is registered now"
  holdpoint dlq replay --all --code HANDLER_FAILED --as olga --reason "Mended in release 12"`

interface ReplayOptions {
  as?: string
  reason: string
  all?: boolean
  code?: string
  service?: string
  topic?: string
  again?: boolean
}

interface Sent {
  replays: { topic: string; partition: number; offset: number; orderId: string; service: string }[]
  notSent: { letter: DeadLetter['letter']; why: string }[]
  left: number
}

export function addReplay(letters: Command, world: World): void {
  letters
    .command('replay')
    .argument('[place...]', 'topic, partition and offset of the record (or of the dead letter)')
    .description('Send a dead letter, or all of a code, through its service once more')
    .requiredOption('--reason <text>', 'why; it goes into the trail')
    .option('--as <subject>', 'who asks (or set HOLDPOINT_AS)')
    .option('--all', 'all of a code that nobody has replayed yet')
    .option('--code <code>', 'with --all: those of this code')
    .option('--service <name>', 'with --all: only those that this service refused')
    .option('--topic <topic>', 'with --all: only records of this topic')
    .option('--again', 'also when it was replayed before')
    .addHelpText('after', examples)
    .action(work<ReplayOptions>(world, replay))
}

async function replay(session: Session, options: ReplayOptions, ...place: string[]): Promise<void> {
  const path = pathOf(options, place)
  const token = await session.desk.signIn(whoActs(session, options.as))
  const sent = options.all
    ? await sendAll(session, token, options)
    : await session.desk.post<Sent>(path, {
        token,
        body: { reason: options.reason, again: options.again ?? false },
      })
  session.show(sent, () => sentText(sent))
  if (sent.notSent.length > 0) session.no()
}

function pathOf({ all, code, again, service, topic }: ReplayOptions, place: readonly string[]): string {
  if (all && place.length > 0)
    throw new Misuse('Name one dead letter by its place, or say --all with --code; not both.')
  if (all && again)
    throw new Misuse('--again is for one dead letter: --all leaves out what was replayed before.')
  if (all && !code) throw new Misuse('Say which: --all needs --code, as `holdpoint dlq list` shows it.')
  if (!all && (code || service || topic))
    throw new Misuse('--code, --service and --topic choose among --all.')
  if (!all && place.length !== 3)
    throw new Misuse('Name the dead letter by topic, partition and offset, as `holdpoint dlq list` shows it.')
  return deskPath('dead-letters', ...place, 'replay')
}

/** The desk sends a limited number at once. */
async function sendAll(session: Session, token: string, options: ReplayOptions): Promise<Sent> {
  const { reason, code, service, topic } = options
  const all: Sent = { replays: [], notSent: [], left: 0 }
  for (;;) {
    const sent = await askForMore(session, token, { reason, code, service, topic }, all)
    all.replays.push(...sent.replays)
    all.notSent = [...all.notSent, ...sent.notSent]
    all.left = sent.left
    if (sent.left === 0 || sent.replays.length === 0) return all
  }
}

/** What was sent before a refusal is told all the same. */
async function askForMore(session: Session, token: string, body: object, before: Sent): Promise<Sent> {
  try {
    return await session.desk.post<Sent>('/dead-letters/replay', { token, body })
  } catch (error) {
    if (error instanceof Refusal && before.replays.length > 0)
      session.terminal.err(`${before.replays.length} were sent before this:\n`)
    throw error
  }
}

function sentText({ replays, notSent, left }: Sent): string {
  const sent = replays.map(
    ({ topic, partition, offset, orderId, service }) =>
      `${topic} ${partition} ${offset}  sent to ${service} again, order ${printable(orderId)}\n`,
  )
  const not = notSent.map(
    ({ letter, why }) =>
      `${letter.topic} ${letter.partition} ${letter.offset}  not sent: ${printable(why)}\n`,
  )
  if (sent.length + not.length === 0) return 'There is none of them that nobody has replayed yet.\n'
  const rest = left > 0 ? `${left} more were not sent.\n` : ''
  return `${sent.join('')}${not.join('')}${rest}What is refused again is a dead letter again: holdpoint dlq list\n`
}
