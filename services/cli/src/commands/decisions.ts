import type { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'
import type { FollowOptions } from '../decisions/follow-decisions.ts'
import { type World, work } from '../session.ts'

const examples = `
One line for each decision, as billing and warehouse receive them; with --json one JSON object a line, the whole order
included. Ends with Ctrl-C.

Examples:
  holdpoint decisions follow
  holdpoint decisions follow --order SO-1042 --from-start
  holdpoint decisions follow --json --count 10 | jq .verdicts`

export function addDecisions(program: Command, world: World): void {
  const decisions = program.command('decisions').description('Read what billing and warehouse read')
  decisions
    .command('follow')
    .description('Print decisions as they are made')
    .option('--order <id>', 'only those of this order')
    .option('--from-start', 'begin with the oldest that is kept, not with the next')
    .option('--count <n>', 'end after so many', wholeNumber)
    .addHelpText('after', examples)
    .action(
      work<FollowOptions>(world, async (session, options) => {
        // Loaded when needed: Kafka's client takes longer to load than most commands to run.
        const { followDecisions } = await import('../decisions/follow-decisions.ts')
        await followDecisions(session, options)
      }),
    )
}
