import type { Command } from 'commander'
import { capitalLetter } from '../arguments.ts'
import { humanPace } from '../people/pace.ts'
import { WorkingDay } from '../people/working-day.ts'
import { type Session, type World, work } from '../session.ts'

const examples = `
The people of the roster decide as people do: each takes one case after the other of those that they have, some minutes
after it was opened, looks at it, and approves, corrects, rejects, asks or clears with a reason. They work at any hour,
overlook a case now and then, and keep their hands off an order that was not made up, or that somebody else has touched.

Examples:
  holdpoint people
  holdpoint people --letter H`

interface PeopleOptions {
  letter: string
}

export function addPeople(program: Command, world: World): void {
  program
    .command('people')
    .description('Let the sample people decide the cases of made-up orders, as npm start does')
    .option('--letter <A-Z>', 'first letter of the ids of those orders', capitalLetter, 'W')
    .addHelpText('after', examples)
    .action(work<PeopleOptions>(world, letPeopleWork))
}

async function letPeopleWork({ desk, terminal, now, untilInterrupted }: Session, { letter }: PeopleOptions) {
  const log = (line: string) => terminal.out(`${new Date(now()).toISOString()} ${line}\n`)
  await new WorkingDay({ desk, pace: humanPace, letter, now, log }).work(untilInterrupted())
}
