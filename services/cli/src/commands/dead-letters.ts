import type { DeadLetter } from '@holdpoint/desk-contract'
import type { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { deskPath } from '../desk/path.ts'
import { deadLetterLine, replayText } from '../orders/order-text.ts'
import { type Session, type World, work } from '../session.ts'
import { listOf, printable } from '../terminal.ts'
import { clock } from '../times.ts'
import { addReplay } from './replay.ts'

const examples = `
A record that can never be processed is kept with its original bytes, where it came from and what is wrong with it.
Send it again, put right, as a new event; or have its service handle it once more (holdpoint dlq replay --help).
Nothing is repeated by itself.

Examples:
  holdpoint dlq list --service intake
  holdpoint dlq show orders.inbound.v1 2 1187
  holdpoint dlq show orders.inbound.v1 2 1187 --json | jq -r .value | base64 -d > event.bin`

interface ListOptions {
  service?: string
  code?: string
  topic?: string
  limit: number
}

interface Page {
  deadLetters: DeadLetter[]
  next: string | null
  total: number
}

type Whole = DeadLetter & { key: string; value: string; text: string }

export function addDeadLetters(program: Command, world: World): void {
  const letters = program
    .command('dlq')
    .alias('dead-letters')
    .description(
      'Look at dead letters, records that could not be processed, and send them through their service once more',
    )
  letters
    .command('list')
    .description('List dead letters, newest first')
    .option('--service <name>', 'only those that this service refused')
    .option('--code <code>', 'only those of this code')
    .option('--topic <topic>', 'only records of this topic')
    .option('--limit <n>', 'at most so many', wholeNumber, 20)
    .addHelpText('after', examples)
    .action(work<ListOptions>(world, list))
  letters
    .command('show')
    .argument('<topic>', 'topic of the record (or of the dead letter)')
    .argument('<partition>', 'its partition')
    .argument('<offset>', 'its offset')
    .description('Show one dead letter with its original bytes')
    .addHelpText('after', examples)
    .action(work(world, show))
  addReplay(letters, world)
}

async function list(
  { desk, show: print }: Session,
  { service, code, topic, limit }: ListOptions,
): Promise<void> {
  const found: Page = { deadLetters: [], next: null, total: 0 }
  do {
    const query = {
      service,
      code,
      topic,
      limit: Math.min(500, limit - found.deadLetters.length),
      cursor: found.next ?? undefined,
    }
    const { deadLetters, next, total } = await desk.get<Page>('/dead-letters', query)
    found.deadLetters.push(...deadLetters)
    Object.assign(found, { next, total })
  } while (found.next !== null && found.deadLetters.length < limit)
  const { deadLetters, total } = found
  print({ deadLetters, total }, () => listText(found))
}

function listText({ deadLetters, total }: Page): string {
  if (deadLetters.length === 0) return 'No dead letters.\n'
  const lines = deadLetters.map(
    (letter) => `${letter.service}  ${letter.orderId || '(no order)'}  ${deadLetterLine(letter)}\n`,
  )
  return `${lines.join('')}${total > deadLetters.length ? `${deadLetters.length} of ${total}; --limit shows more\n` : ''}`
}

async function show(session: Session, _options: object, ...place: string[]): Promise<void> {
  const letter = await session.desk.get<Whole>(deskPath('dead-letters', ...place.slice(0, 3)))
  session.show(letter, () => showText(letter))
}

function showText(letter: Whole): string {
  const { topic, partition, offset, service, code, at, orderId, problems, text } = letter
  const facts = listOf([
    ['record', `${topic}, partition ${partition}, offset ${offset}`],
    ['order', orderId],
    ['refused by', `${service}, ${clock(at)}, ${code}`],
    ...(letter.attempt > 0 ? [['replays before', String(letter.attempt)] as [string, string]] : []),
    ...(letter.replay ? [['replayed', replayText(letter).trim()] as [string, string]] : []),
  ])
  const wrong = problems.map(({ path, message }) => `  ${printable(`${path} ${message}`.trim())}\n`).join('')
  return `${facts}\nWhat is wrong:\n${wrong}\nOriginal value (a dot for each byte that is no printable ASCII):\n${text}\n`
}
